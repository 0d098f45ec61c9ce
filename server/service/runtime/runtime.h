// The three operations of Amazon Personalize Runtime. On the thread that owns the store.
#pragma once

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "server/base/json.h"
#include "server/model/service.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/request.h"

namespace plocal::runtime {

/// Returns true for an operation that this folder answers.
bool is_runtime_operation(const model::Operation& operation);

class Runtime {
public:
    /// Returns the body of the response to the context's operation, or NotMade where something has to be made first:
    /// the same request has to be run again after `make` has returned false. The input must satisfy the model. Sets the
    /// context's `why`. Throws ApiError and SqlError.
    std::variant<std::string, NotMade> run(resources::Context& context, const base::Json& input,
                                           const Declared& declared);

    /// Goes on with making what a request waits for until `end`. Returns whether there is more to do. Throws SqlError.
    bool make(storage::Store& store, const NotMade& missing, std::chrono::steady_clock::time_point end) {
        return memory_.kept.make(store, missing.key, end);
    }

    Memory& memory() { return memory_; }

private:
    Memory memory_;
};

}  // namespace plocal::runtime
