// The table of operations and their handlers. On the thread that owns the store.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/model/service.h"
#include "server/service/resources/context.h"
#include "server/service/resources/hooks.h"

namespace plocal::operations {

/// The hooks of all kinds. Immutable; any thread.
const resources::HookTable& hooks();

/// Runs the context's operation. The input must satisfy the model. Returns the body of the response, which is empty for
/// a void operation. An operation that writes runs in one transaction, which is rolled back if it throws. Throws
/// ApiError: the operation's own errors, and UnknownOperationException for an operation without a handler. Throws
/// SqlError.
std::string run(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
