#include "server/local/world/clock_checkpoint.h"

#include <chrono>
#include <cmath>

#include "server/local/world/clock_setting.h"

namespace plocal::world {
namespace {

void store_clock(storage::SettingRepository& stored, const std::string& account, lifecycle::Clock& clock,
                 std::chrono::milliseconds lead) {
    stored.put({account, std::string(clock_setting().name), stored_clock(clock, lead).dump()});
}

}  // namespace

void ClockCheckpoint::store_ahead(storage::SettingRepository& stored, TenantSettings& tenants,
                                  const std::string& account) {
    lifecycle::Clock& clock = tenants.clocks.of(account);
    if (!clock.is_fast()) return;  // before its time is read: this is asked at each request
    const lifecycle::ClockState state = clock.state();
    const auto until = stored_until_.find(account);
    if (until != stored_until_.end() && state.service < until->second) return;
    constexpr double second_ms = 1'000;
    const std::chrono::milliseconds lead(std::llround(second_ms * state.speed));
    store_clock(stored, account, clock, lead);
    stored_until_[account] = state.service + lead;
}

void ClockCheckpoint::store_exactly(storage::SettingRepository& stored, TenantSettings& tenants) {
    for (const std::string& account : clock_setting().accounts(tenants)) {
        lifecycle::Clock& clock = tenants.clocks.of(account);
        if (clock.is_fast()) store_clock(stored, account, clock, std::chrono::milliseconds(0));
    }
}

void ClockCheckpoint::forget(std::string_view account) {
    if (const auto until = stored_until_.find(account); until != stored_until_.end()) stored_until_.erase(until);
}

}  // namespace plocal::world
