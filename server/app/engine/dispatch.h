// Chooses the service that answers an operation. On the thread that owns the world.
#pragma once

#include <string>

#include "server/service/resources/context.h"
#include "server/wire/protocol/wire_protocol.h"

namespace plocal::engine {

/// Runs the handler of an operation, in one transaction if it writes. Returns the body of the response. Throws
/// ApiError: the operation's own errors, and UnknownOperationException for one without a handler. Throws SqlError.
std::string run_operation(resources::Context& context, const protocol::Call& call);

}  // namespace plocal::engine
