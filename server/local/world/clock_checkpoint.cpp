#include "server/local/world/clock_checkpoint.h"

#include <chrono>
#include <cmath>

#include "server/local/world/tenant_settings.h"

namespace plocal::world {
namespace {

bool runs_fast(const lifecycle::ClockState& state) {
    return state.mode == lifecycle::ClockMode::real && state.speed > 1;
}

}  // namespace

void ClockCheckpoint::keep_ahead(storage::SettingRepository& settings, const std::string& account,
                                 lifecycle::Clock& clock) {
    const lifecycle::ClockState state = clock.state();
    if (!runs_fast(state)) return;
    const auto stored = kept_until_.find(account);
    if (stored != kept_until_.end() && state.service < stored->second) return;
    constexpr double second_ms = 1'000;
    const std::chrono::milliseconds lead(std::llround(second_ms * state.speed));
    keep_clock(settings, account, clock, lead);
    kept_until_[account] = state.service + lead;
}

void ClockCheckpoint::keep_exactly(storage::SettingRepository& settings, const std::string& account,
                                   lifecycle::Clock& clock) {
    if (runs_fast(clock.state())) keep_clock(settings, account, clock, std::chrono::milliseconds(0));
}

void ClockCheckpoint::forget(std::string_view account) {
    if (const auto stored = kept_until_.find(account); stored != kept_until_.end()) kept_until_.erase(stored);
}

}  // namespace plocal::world
