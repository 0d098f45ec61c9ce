#include "server/local/control/control_error.h"

namespace plocal::control {

ControlError no_room(std::string_view text, std::string_view reason) {
    constexpr int insufficient_storage = 507;
    return {insufficient_storage, std::string(text) + " cannot be kept: " + std::string(reason)};
}

void refuse_problems(const std::vector<base::Problem>& problems) {
    if (problems.empty()) return;
    const base::Problem& first = problems.front();
    std::string message = base::mismatch(first);
    for (std::size_t i = 1; i < problems.size(); ++i) {
        message += "; at " + problems[i].pointer + ": " + base::mismatch(problems[i]);
    }
    throw ControlError(400, std::move(message), first.pointer);
}

void refuse_problem(const base::Problem& problem) {
    throw ControlError(400, base::mismatch(problem), problem.pointer);
}

void refuse_value(const std::string& name, std::string_view expected, const std::string& found) {
    throw ControlError(400, name + ": " + base::mismatch(expected, "'" + found + "'"));
}

}  // namespace plocal::control
