// Describe and List for resources of every kind. On the thread that owns the store; every call may throw SqlError.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// Returns the resource as Describe shows it now, without counting as a poll.
std::string description(Context& context, const Kind& kind, const storage::Record& record);

/// Returns `{"<kind>": {...}}` for the resource that the input names. Counts as a poll. Throws ApiError
/// (ResourceNotFoundException).
Output describe(Context& context, const Kind& kind, const base::Json& input);

/// Returns one page, newest first, with `maxResults` and `nextToken` of the input. Filters by the parent if the input
/// names it. Throws ApiError (InvalidNextTokenException, and ResourceNotFoundException for the parent).
Output list(Context& context, const Kind& kind, const base::Json& input);

/// Returns one page of a complete list as the member `member`. `query` must identify the list: tokens of other lists
/// are refused. Throws ApiError (InvalidNextTokenException).
Output list_all(std::string_view member, std::string_view query, base::Json all, const base::Json& input);

}  // namespace plocal::resources
