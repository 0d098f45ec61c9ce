// Answers a question about the next request of the runtime, as JSON. On the thread that owns the world.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"
#include "server/model/service.h"
#include "storage/record.h"

namespace plocal::control {

struct Question {
    const model::Operation* operation = nullptr;
    base::Json input;
    std::vector<std::string> ids;  // items or actions to explain beside the answered ones
    storage::Scope scope;          // of the caller
};

/// Reads the body of a call. Throws ControlError.
Question read_question(const ControlCall& call);

/// Returns the answer, or the next check where a model has to be made first. Throws ControlError with the error that
/// the request would get, and SqlError.
std::variant<base::Json, RealTime> answer_to(world::World& world, const Question& question, RealTime now,
                                             bool is_stopping);

}  // namespace plocal::control
