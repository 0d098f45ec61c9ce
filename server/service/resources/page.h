// nextToken: opaque to callers, and good for the one query that gave it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "storage/resource_repository.h"

namespace plocal::resources {

/// What makes two lists one query: kind, scope and parent; neither the place nor the size of the page.
std::string query_identity(const storage::Page& page);

/// The token that goes on behind `position`.
std::string make_token(const storage::Position& position, std::string_view query);

/// The place that a token tells. Throws ApiError (InvalidNextTokenException) for one that `make_token` has not made
/// for this query.
storage::Position read_token(std::string_view token, std::string_view query);

}  // namespace plocal::resources
