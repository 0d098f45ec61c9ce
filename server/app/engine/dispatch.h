// Runs the operation of a request: chooses the service that answers it, and gives its handler what it needs of the
// world. On the thread that owns the world.
#pragma once

#include <string>
#include <variant>

#include "server/app/engine/request_context.h"
#include "server/local/world/world.h"
#include "server/service/events/registry.h"
#include "server/service/runtime/runtime.h"

namespace plocal::engine {

/// Runs the handler of the request's operation, and notes in the context what it reports. Returns the body of the
/// response, or what has to be made before the operation can be run. If it writes, all is one transaction, with what
/// the rule that applies counts: a request that is answered by a fault has changed nothing. Throws ApiError: the
/// operation's own errors, and UnknownOperationException for one without a handler. Throws SqlError.
std::variant<std::string, runtime::NotMade> dispatch(world::World& world, events::Events& events,
                                                     RequestContext& context);

}  // namespace plocal::engine
