// Which handler answers which operation. On the thread that owns the store.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/model/service.h"
#include "server/service/resources/context.h"
#include "server/service/resources/hooks.h"

namespace plocal::operations {

/// What each kind adds to the verbs. Immutable; from any thread.
const resources::HookTable& hooks();

bool is_emulated(const model::Operation& operation);

/// Answers the context's operation, whose input has passed all checks of the model: the body of the answer, empty for a
/// void operation. What writes runs in one transaction, committed when it returns and undone when it throws. Throws
/// ApiError: the operation's own, and UnknownOperationException for one that is not emulated.
std::string run(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
