// The three operations of Amazon Personalize Runtime. On the thread that owns the store.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "server/base/json.h"
#include "server/model/service.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/explanation.h"
#include "server/service/runtime/request.h"
#include "storage/trainings.h"

namespace plocal::runtime {

/// Returns true for an operation that this folder answers.
bool is_runtime_operation(const model::Operation& operation);

/// What a model knows.
struct ModelFacts {
    std::string arn;  // of the solution version or recommender
    bool is_recommender = false;
    storage::Training training;
    std::size_t interactions = 0;
    std::size_t users = 0;
    std::size_t items = 0;  // or actions
};

/// Why an answer is what it is.
struct Explanation {
    std::string recipe;
    std::optional<ModelFacts> model;  // nothing where no model has been asked
    std::vector<std::string> notes;
    base::Json body;               // the response, without a recommendationId
    std::vector<Explained> items;  // or actions: the answered ones, then those asked about
};

class Runtime {
public:
    /// Returns the body of the response to the context's operation, or NotMade where something has to be made first:
    /// the same request has to be run again after `make` has returned false. The input must satisfy the model. Sets the
    /// context's `why`. Throws ApiError and SqlError.
    std::variant<std::string, NotMade> run(resources::Context& context, const base::Json& input,
                                           const Declared& declared);

    /// Returns why the answer to such a request would be what it is, and the same for these items or actions. Stores
    /// nothing. Throws ApiError for a request that would be refused, and SqlError.
    std::variant<Explanation, NotMade> explain(resources::Context& context, const base::Json& input,
                                               const Declared& declared, const std::vector<std::string>& ids);

    /// Returns what the model of a solution version or recommender knows, by this training. Throws SqlError.
    std::variant<ModelFacts, NotMade> facts_of(resources::Context& context, const storage::Record& trained,
                                               const storage::Training& training);

    /// Goes on with making what a request waits for until `end`. Returns whether there is more to do. Throws SqlError.
    bool make(storage::Store& store, const NotMade& missing, std::chrono::steady_clock::time_point end) {
        return memory_.kept.make(store, missing.key, end);
    }

    /// The values that are made: what jobs make of them is up to the caller.
    Kept& kept() { return memory_.kept; }

    /// What answers are computed with, for jobs that answer many requests.
    Memory& memory() { return memory_; }

    /// Makes the model of a solution version or recommender that is being trained, as `facts_of` with what it knows.
    /// Stores what that is.
    std::variant<ModelFacts, NotMade> train(resources::Context& context, const storage::Record& trained);

private:
    Memory memory_;
};

}  // namespace plocal::runtime
