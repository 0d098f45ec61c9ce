// Makes and reads nextToken, which is opaque to callers and valid for one query. Pure.
#pragma once

#include <string>
#include <string_view>

#include "storage/resource_repository.h"

namespace plocal::resources {

/// Identifies the query of a page: its kind, scope and parent, without position and size.
std::string query_identity(const storage::Page& page);

/// Returns the token of the page behind `position`.
std::string make_token(const storage::Position& position, std::string_view query);

/// Returns the position in a token. Throws ApiError (InvalidNextTokenException) for a token that `make_token` has not
/// made for this query.
storage::Position read_token(std::string_view token, std::string_view query);

}  // namespace plocal::resources
