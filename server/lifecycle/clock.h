// What time it is for the service. The only room that asks the machine. For one thread.
#pragma once

#include <chrono>
#include <optional>

#include "storage/instant.h"

namespace plocal::lifecycle {

class Clock {
public:
    /// The machine's time; never earlier than a moment that it has told already, whatever happens to the machine's.
    static Clock real() { return Clock(std::nullopt); }

    /// Stands still at this moment until it is advanced.
    static Clock frozen(storage::Instant at) { return Clock(at); }

    storage::Instant now();

    bool is_frozen() const { return frozen_at_.has_value(); }

    /// Moves a frozen clock onward; `by` must not be negative, and the clock must be frozen.
    void advance(std::chrono::milliseconds by) { *frozen_at_ += by; }

private:
    explicit Clock(std::optional<storage::Instant> frozen_at) : frozen_at_(frozen_at) {}

    std::optional<storage::Instant> frozen_at_;
    storage::Instant last_{};
};

}  // namespace plocal::lifecycle
