// The operations of Personalize Events by name. On the thread that owns the store.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/model/service.h"
#include "server/service/resources/context.h"

namespace plocal::events {

/// Runs the context's operation in one transaction: a request that is refused stores nothing. What became of each
/// record is in the context's outcomes. Returns the body of the response, which is empty. Throws ApiError and SqlError.
std::string run(resources::Context& context, const base::Json& input);

}  // namespace plocal::events
