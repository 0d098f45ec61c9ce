// What answers one operation, and how it is run. On the thread that owns the store.
#pragma once

#include <functional>
#include <string>

#include "server/base/json.h"
#include "server/service/resources/context.h"

namespace plocal::operations {

/// The input of a handler that writes has no nulls. Throws ApiError and SqlError.
using Handler = std::function<resources::Output(resources::Context&, const base::Json& input)>;

struct Entry {
    bool writes = false;  // needs a transaction
    Handler handler;
};

/// Runs the context's operation, in one transaction if it writes, which is rolled back if it throws. Returns the body
/// of the response, which is empty for a void operation.
std::string run_entry(resources::Context& context, const Entry& entry, const base::Json& input);

/// Throws the error of an operation that has no handler.
[[noreturn]] void refuse_unknown(const model::Operation& operation);

}  // namespace plocal::operations
