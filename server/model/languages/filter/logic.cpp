#include "server/model/languages/filter/logic.h"

#include <utility>

namespace plocal::languages {

void FilterLogic::close() {
    settle(Waiting::either);
    waiting_.pop_back();
}

std::vector<FilterStep> FilterLogic::take() {
    settle(Waiting::either);
    return std::exchange(steps_, {});
}

void FilterLogic::join(Waiting next) {
    settle(next);
    waiting_.push_back(next);
}

// Completes the operators that bind at least as tightly as `next`.
void FilterLogic::settle(Waiting next) {
    while (!waiting_.empty() && waiting_.back() >= next) {
        steps_.push_back(waiting_.back() == Waiting::both ? FilterStep::both : FilterStep::either);
        waiting_.pop_back();
    }
}

}  // namespace plocal::languages
