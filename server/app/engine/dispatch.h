// Chooses the service that answers an operation. On the thread that owns the world.
#pragma once

#include <string>
#include <variant>

#include "server/service/events/registry.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/runtime.h"
#include "server/wire/protocol/wire_protocol.h"

namespace plocal::engine {

/// The services that keep something between requests.
struct Services {
    runtime::Runtime& runtime;
    events::Events& events;
};

/// Runs the handler of an operation, in one transaction if it writes. Returns the body of the response, or what has to
/// be made before the operation can be run. `declared` is what a rule declares. Throws ApiError: the operation's own
/// errors, and UnknownOperationException for one without a handler. Throws SqlError.
std::variant<std::string, runtime::NotMade> run_operation(resources::Context& context, const protocol::Call& call,
                                                          const Services& services, const runtime::Declared& declared);

}  // namespace plocal::engine
