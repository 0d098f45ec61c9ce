// Checks the input of a call against the model. Pure.
#pragma once

#include "server/wire/protocol/wire_protocol.h"

namespace plocal::engine {

/// Throws ApiError if the input breaks a type or a constraint of the model.
void check_input(const protocol::Call& call);

}  // namespace plocal::engine
