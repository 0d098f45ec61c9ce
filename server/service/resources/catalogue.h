// The resources that AWS itself owns and every account sees: recipes, algorithms and feature transformations. Loaded on
// first use and immutable; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// Returns the resource of this kind and ARN, or nothing.
std::optional<storage::Record> find_in_catalogue(const Kind& kind, std::string_view arn);

/// Returns true if the catalogue has a resource of any kind with this ARN.
bool is_in_catalogue(std::string_view arn);

/// Returns all resources of this kind, in order of ARN.
std::vector<storage::Record> catalogue_of(const Kind& kind);

}  // namespace plocal::resources
