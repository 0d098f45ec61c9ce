// Checks the input of an operation against the model: what the service refuses before the operation begins. Pure.
#pragma once

#include "server/base/json.h"
#include "server/model/service.h"

namespace plocal::model {

/// Throws ApiError if the input breaks a type (SerializationException) or a constraint (ValidationException) of the
/// model.
void check_input(const Operation& operation, const base::Json& input);

}  // namespace plocal::model
