// What AWS itself owns in every account: recipes, algorithms and feature transformations. Immutable once loaded; from
// any thread.
#pragma once

#include <optional>
#include <string_view>

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/output.h"
#include "storage/record.h"

namespace plocal::resources {

/// The one of this kind and ARN.
std::optional<storage::Record> find_in_catalogue(const Kind& kind, std::string_view arn);

/// Whether there is one of this ARN, of whatever kind.
bool is_in_catalogue(std::string_view arn);

/// One page of recipes in order of name (seen), those of the store among them, narrowed to a domain where the input
/// names one. Throws ApiError (InvalidNextTokenException) and SqlError.
Output list_recipes(Context& context, const base::Json& input);

}  // namespace plocal::resources
