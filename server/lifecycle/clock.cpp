#include "server/lifecycle/clock.h"

#include <algorithm>

namespace plocal::lifecycle {

storage::Instant Clock::now() {
    if (frozen_at_) return *frozen_at_;
    last_ = std::max(last_, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
    return last_;
}

}  // namespace plocal::lifecycle
