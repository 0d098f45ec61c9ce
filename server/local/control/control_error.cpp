#include "server/local/control/control_error.h"

namespace plocal::control {

void refuse_problems(const std::vector<base::Problem>& problems) {
    if (problems.empty()) return;
    const base::Problem& first = problems.front();
    std::string message = "expected " + first.expected + ", found " + first.found;
    for (std::size_t i = 1; i < problems.size(); ++i) {
        message +=
            "; at " + problems[i].pointer + ": expected " + problems[i].expected + ", found " + problems[i].found;
    }
    throw ControlError(400, std::move(message), first.pointer);
}

}  // namespace plocal::control
