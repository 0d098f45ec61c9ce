// The resources that a request names: looked up, seen or not, and in the state that they must be in. On the thread that
// owns the store; every call may throw SqlError.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/model/api_error.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// A refusal of what is asked for (InvalidInputException).
model::ApiError invalid_input(std::string message, std::string why, model::Evidence evidence);

/// A refusal because something is busy: ResourceInUseException, or InvalidInputException from an operation that does
/// not declare it.
model::ApiError in_use(const Context& context, std::string message, std::string why, model::Evidence evidence);

/// That there is no such resource for the caller (ResourceNotFoundException).
model::ApiError not_found(const Kind& kind, std::string_view arn, std::string why);

/// `before`, the kind's words, `after` and the ARN, one behind the other.
std::string words_and_arn(std::string_view before, const Kind& kind, std::string_view after, std::string_view arn);

/// The resource of this kind and ARN, if the caller may see it: one of the store, or AWS's own. Where there is one that
/// he may not see, a note says so.
std::optional<storage::Record> find_visible(Context& context, const Kind& kind, std::string_view arn);

/// The same for the resource that the input's member of this kind names. Throws ApiError where it is not there.
storage::Record find_named(Context& context, const Kind& kind, const base::Json& input);

/// The status that a resource has now, as stored; empty for a kind that has none. Lives as long as the record.
std::string_view status_of(Context& context, const storage::Record& record);

/// What the resource is now, with its hidden member.
base::Json value_of(Context& context, const storage::Record& record);

/// Finds the record of an ARN; nothing where there is none.
using FindRecord = std::function<std::optional<storage::Record>(std::string_view arn)>;

/// A member's text in the stored document of a resource, else in its parent's, and so on. Empty where none has it.
std::string inherited_text(const storage::Record& record, std::string_view member, const FindRecord& find);

/// The same in the store, for a resource with these members that may not be stored yet.
std::string inherited_text(Context& context, const Kind& kind, const base::Json& members, std::string_view member);

/// A resource that an input names. Without a record it is taken to exist and to fit.
struct ResolvedReference {
    storage::Reference reference;
    std::optional<storage::Record> record;
};

/// Looks up what an input names. Throws ApiError (ResourceNotFoundException) where it is not there and must be.
ResolvedReference resolve(Context& context, const Kind& kind, const std::string& arn);

/// Throws ApiError where a resource is there and is not ACTIVE: ResourceInUseException while it is on its way,
/// InvalidInputException afterwards. One that is being updated counts as ACTIVE where its status stays so.
void require_active(Context& context, const Kind& kind, const ResolvedReference& referred);

/// Both: what this member of the kind's input names, found fit to be named.
ResolvedReference resolve_usable(Context& context, const Kind& kind, std::string_view member, const std::string& arn);

}  // namespace plocal::resources
