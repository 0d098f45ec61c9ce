// One request for recommendations as the rooms of this folder pass it on, and what they keep between requests. On the
// thread that owns the store.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "server/base/json.h"
#include "server/service/recommender/listed.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/filters.h"
#include "server/service/runtime/kept.h"
#include "server/service/runtime/sources.h"

namespace plocal::runtime {

/// The items or actions that a rule declares, best first: what the model would have said.
using Declared = std::optional<std::vector<recommender::DeclaredItem>>;

/// What is kept between requests. Nothing of it changes an answer.
struct Memory {
    static constexpr std::size_t most_bytes = std::size_t{512} << 20U;

    Kept kept{most_bytes};
    KnownFilters filters;
    Sources sources;
    std::int64_t answers = 0;  // that were given
};

struct Request {
    resources::Context& context;
    Memory& memory;
    const base::Json& input;
    const Declared& declared;
    bool is_question = false;  // what the answer would be: nothing is stored

    /// Of a batch: the solution version that answers, which needs no campaign and does not have its limits. What use
    /// cases leave out by themselves is not left out. Null for a request, whose input names what answers.
    std::shared_ptr<const Resolved> batch_of = nullptr;
};

}  // namespace plocal::runtime
