// What AWS itself owns in every account: recipes, algorithms and feature transformations. Immutable once loaded; from
// any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// The one of this kind and ARN.
std::optional<storage::Record> find_in_catalogue(const Kind& kind, std::string_view arn);

/// Whether there is one of this ARN, of whatever kind.
bool is_in_catalogue(std::string_view arn);

/// All of this kind, in order of ARN.
std::vector<storage::Record> catalogue_of(const Kind& kind);

}  // namespace plocal::resources
