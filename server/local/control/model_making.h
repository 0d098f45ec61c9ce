// Waits in slices for what a call needs of the runtime. On the thread that owns the world.
#pragma once

#include <chrono>
#include <utility>
#include <variant>

#include "server/local/control/control_error.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"
#include "server/service/runtime/runtime.h"

namespace plocal::control {

/// Returns the result, or the next check where something has to be made first, after a slice of that. Throws
/// ControlError where the server stops meanwhile, and SqlError.
template <typename Result>
std::variant<Result, RealTime> made(world::World& world, std::variant<Result, runtime::NotMade> result, RealTime now,
                                    bool is_stopping) {
    constexpr std::chrono::milliseconds slice(2);
    const auto* const missing = std::get_if<runtime::NotMade>(&result);
    if (missing == nullptr) return std::get<Result>(std::move(result));
    if (is_stopping) throw ControlError(503, "the server stops; the model is not made yet");
    constexpr std::chrono::milliseconds check_of_jobs(10);
    if (missing->is_made_by_job) return now + check_of_jobs;
    world.runtime().make(world.store(), *missing, now + slice);
    return now;
}

/// `{"arn" or as `arn_member` says, "trainedAt", "revision", "interactions", "users", "items"}`.
base::Json facts_json(const runtime::ModelFacts& facts, const char* arn_member);

}  // namespace plocal::control
