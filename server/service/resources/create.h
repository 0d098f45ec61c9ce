// Creates resources of every kind. A kind adds its own checks and members by its hooks. On the thread that owns the
// store; every call may throw SqlError and needs a transaction.
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

/// A resource while it is created.
struct Creation {
    /// The document begins as the input. The owner is the caller's account and region if the request names them. Else
    /// the account is that of the first resource that the input references, or our default, and the region our default.
    Creation(Context& context, const Kind& kind, const base::Json& input);

    /// Returns the resource that this member of the input references, looked up once and usable for this kind. Returns
    /// null if the input does not have the member. Lives as long as this object. Throws ApiError.
    const ResolvedReference* refer(std::string_view member);

    /// Adds a member to the document unless it is there.
    void set_default(const char* member, base::Json value) {
        if (!document.contains(member)) document[member] = std::move(value);
    }

    /// Returns the string value of the input's member, or null.
    const std::string* text(std::string_view member) const { return base::text_member(input, member); }

    Context& context;
    const Kind& kind;
    const base::Json& input;
    storage::Owner owner;
    base::Instant created;
    std::string name;
    std::string id;             // the part of its ARN behind the type; empty for its name
    base::Json document;        // every member but ARN, status and dates; members that the shape does not have are cut
    base::Json answer;          // what Create returns beside the ARN
    std::string taken_message;  // the message if the ARN is taken; empty for the usual one
    std::optional<base::Instant> due;   // as in Record
    std::string origin;                 // the cause of its creation
    bool may_work = true;               // its creation may stand for work
    lifecycle::PlanChange plan_change;  // what its data decides, beaten by rules and by the lifecycle of the kind
    std::deque<std::pair<std::string_view, ResolvedReference>> referred;  // by member
};

/// Creates a resource: runs the kind's hooks, checks the references, the name and the quota, and stores the resource
/// and its tags. Returns the ARN. Throws ApiError.
Output create(Context& context, const Kind& kind, const base::Json& input);

/// Returns the number of earlier calls for the kind, the owner's account and the parent. The counter is stored, so a
/// resource that is created after a deleted one gets another id.
std::int64_t next_ordinal(Context& context, const Kind& kind, const storage::Owner& owner, std::string_view parent);

/// Stores a completed resource, whose timeline begins at `created` and follows its owner's plan for its kind. Returns
/// the ARN. Throws ApiError (ResourceAlreadyExistsException).
std::string store(Creation& creation);

}  // namespace plocal::resources
