#include "server/service/lifecycle/clocks.h"

namespace plocal::lifecycle {

Clock& Clocks::of(std::string_view account) {
    const auto own = own_.find(account);
    return own == own_.end() ? common_ : own->second;
}

void Clocks::put(std::string_view account, const Clock& clock) {
    if (account.empty()) {
        common_ = clock;
    } else {
        own_.insert_or_assign(std::string(account), clock);
    }
}

void Clocks::forget(std::string_view account) {
    if (const auto own = own_.find(account); own != own_.end()) own_.erase(own);
}

std::vector<std::string> Clocks::accounts() const {
    std::vector<std::string> accounts;
    accounts.reserve(own_.size());
    for (const auto& [account, clock] : own_) accounts.push_back(account);
    return accounts;
}

base::Instant ClockReadings::now_of(std::string_view account) {
    if (fixed_) return *fixed_;
    Clock& clock = clocks_.of(account);
    for (const auto& [read, moment] : readings_) {
        if (read == &clock) return moment;
    }
    return readings_.emplace_back(&clock, clock.now()).second;
}

}  // namespace plocal::lifecycle
