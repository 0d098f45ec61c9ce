// Looks up the resources that a request names, and checks that the caller may see them and that their status is
// suitable. Builds the errors for that. On the thread that owns the store; every call may throw SqlError.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/model/api_error.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// Returns an InvalidInputException.
model::ApiError invalid_input(std::string message, std::string why, model::Evidence evidence);

/// Returns a ResourceInUseException, or an InvalidInputException for an operation that does not declare the former.
model::ApiError in_use(const Context& context, std::string message, std::string why, model::Evidence evidence);

/// Returns "The given KIND does not exist: ARN".
std::string missing_message(const Kind& kind, std::string_view arn);

/// Returns a ResourceNotFoundException for an ARN of any kind or of none.
model::ApiError arn_not_found(std::string_view arn, std::string why);

/// Returns a ResourceNotFoundException, worded as for the other resources of this kind.
model::ApiError not_found(const Kind& kind, std::string_view arn, std::string why);

/// Returns `before`, the kind's name in messages, `after` and `end`, joined.
std::string kind_message(std::string_view before, const Kind& kind, std::string_view after = {},
                         std::string_view end = {});

/// Returns the resource of this kind and ARN, from the store or the catalogue, if the caller may see it, else nothing.
/// Adds a note if it exists and the caller may not see it.
std::optional<storage::Record> find_visible(Context& context, const Kind& kind, std::string_view arn);

/// The same, shared with other requests; null for nothing.
std::shared_ptr<const storage::Record> find_shared(Context& context, const Kind& kind, std::string_view arn);

/// Returns the resource that the input's ARN member of this kind names. Throws ApiError if the member is absent or the
/// caller sees no such resource.
std::shared_ptr<const storage::Record> find_shared_named(Context& context, const Kind& kind, const base::Json& input);

/// The same, as a record of the caller's own.
storage::Record find_named(Context& context, const Kind& kind, const base::Json& input);

/// Returns the stored form of a resource's current status, or "" for a kind without a status. Lives as long as the
/// record.
std::string_view status_of(Context& context, const storage::Record& record);

/// Returns true if the clock alone may give a resource another status.
bool may_change(Context& context, const storage::Record& record);

/// Returns the resource's current value, with its hidden member.
base::Json value_of(Context& context, const storage::Record& record);

/// Returns the record of an ARN, or nothing.
using FindRecord = std::function<std::optional<storage::Record>(std::string_view arn)>;

/// Returns the string value of a member in the resource's stored document, else in its parent's, and so on. Returns ""
/// if none of them has it.
std::string inherited_text(const storage::Record& record, std::string_view member, const FindRecord& find);

/// The same for a resource with these members, which need not be stored yet. Its ancestors are read from the store.
std::string inherited_text(Context& context, const Kind& kind, const base::Json& members, std::string_view member);

/// A resource that an input references. Without a record it is assumed to exist and to fit.
struct ResolvedReference {
    storage::Reference reference;
    std::optional<storage::Record> record;
};

/// Looks up a resource that an input references. Throws ApiError (ResourceNotFoundException) if the caller sees no such
/// resource and it may not be assumed to exist.
ResolvedReference resolve(Context& context, const Kind& kind, const std::string& arn);

/// Throws ApiError if a resource exists and is not ACTIVE: ResourceInUseException while a transition is in progress,
/// InvalidInputException in a terminal status. During an update it counts as ACTIVE if its shown status stays ACTIVE.
void require_active(Context& context, const Kind& kind, const ResolvedReference& referred);

/// Resolves the value of the input's member `member` of this kind, and requires ACTIVE if the table of kinds says so.
/// Throws ApiError as the two above.
ResolvedReference resolve_usable(Context& context, const Kind& kind, std::string_view member, const std::string& arn);

}  // namespace plocal::resources
