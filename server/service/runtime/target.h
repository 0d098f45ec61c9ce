// What a request is about: its campaign or recommender, the recipe, and the ids that the recipe needs; and what all
// answers share. On the thread that owns the store.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "server/service/recommender/recipe_table.h"
#include "server/service/runtime/request.h"

namespace plocal::runtime {

struct Target {
    std::shared_ptr<const Resolved> resolved;
    const recommender::Recipe* recipe = nullptr;  // never null
    std::string_view user;                        // "" where it is absent or not used
    std::string_view item;

    const Source& source() const { return resolved->source; }
    const Group& group() const { return resolved->group; }
};

/// Throws ApiError for what the request may not name, and for an id that is missing. Throws SqlError.
Target find_target(const Request& request, recommender::Answers wanted);

/// Returns `numResults`, or the default. Throws ApiError where it is above `most`.
std::size_t count_of(const base::Json& input, std::size_t usual, std::size_t most, bool is_metadata);

/// Returns the id of the next answer of a source.
std::string next_recommendation_id(const Request& request, const Source& source);

}  // namespace plocal::runtime
