// Describe and List for resources of any kind. On the thread that owns the store; every call may throw SqlError.
#pragma once

#include <string_view>

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// `{"<kind>": {...}}` for the resource that the input names. Counts as a poll. Throws ApiError
/// (ResourceNotFoundException).
Output describe(Context& context, const Kind& kind, const base::Json& input);

/// One page, newest first, as the input asks; narrowed where the input names the parent. Throws ApiError
/// (InvalidNextTokenException).
Output list(Context& context, const Kind& kind, const base::Json& input);

/// A page of a list that is at hand whole and does not change, under `member`. `query` tells it from all others.
/// Throws ApiError (InvalidNextTokenException).
Output list_all(std::string_view member, std::string_view query, base::Json all, const base::Json& input);

}  // namespace plocal::resources
