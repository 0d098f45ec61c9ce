// The making of a resource of any kind: what all families share, and where each adds what is its own. On the thread
// that owns the store; every call may throw SqlError and needs a transaction.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/lookup.h"
#include "storage/record.h"

namespace plocal::resources {

/// A resource while it is being made.
struct Creation {
    /// Begins with what the input has. Whose it will be: what the caller is held to; else the account of the first
    /// resource that the input names, in our region; else our own.
    Creation(Context& context, const Kind& kind, const base::Json& input);

    /// The resource that this member of the input names, looked up once and found fit to be named; null where the
    /// input does not have the member. Lives as long as this. Throws ApiError.
    const ResolvedReference* refer(std::string_view member);

    /// Gives the document a member where the input has none.
    void set_default(const char* member, base::Json value) {
        if (!document.contains(member)) document[member] = std::move(value);
    }

    /// The input's text, or null.
    const std::string* text(std::string_view member) const { return base::text_member(input, member); }

    Context& context;
    const Kind& kind;
    const base::Json& input;
    storage::Owner owner;
    base::Instant created;
    std::string name;
    std::string id;             // what its ARN has behind the type: its name, where nobody says otherwise
    base::Json document;        // every member but ARN, status and dates; what the kind's shape does not have is cut
    base::Json answer;          // what Create answers beside the ARN
    std::string taken_message;  // where the ARN is taken, if the service says it otherwise than as ever
    std::optional<base::Instant> due;                                     // as Record has it
    std::string origin;                                                   // the cause of its life
    std::deque<std::pair<std::string_view, ResolvedReference>> referred;  // by member
};

/// Creates a resource: checks what the input names, runs the kind's hooks, checks the name and the quota, stores the
/// resource and its tags. Answers the ARN. Throws ApiError.
Output create(Context& context, const Kind& kind, const base::Json& input);

/// How many times this has been asked for a kind, an owner's account and a parent: never the same again, so that what
/// comes after something that was deleted has another id.
std::int64_t next_ordinal(Context& context, const Kind& kind, const storage::Owner& owner, std::string_view parent);

/// Stores what has been completed, its life beginning at `created` by the plan that its owner has for its kind. Returns
/// the ARN. Throws ApiError (ResourceAlreadyExistsException).
std::string store(Creation& creation);

}  // namespace plocal::resources
