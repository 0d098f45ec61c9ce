// Keeps clocks that run faster than the machine's, so that they never run back. How far they have come nothing else
// tells after a restart: so each is kept a second ahead, again and again, and exactly in the end. On the thread that
// owns the world.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server/service/lifecycle/clock.h"
#include "storage/setting_repository.h"

namespace plocal::world {

class ClockCheckpoint {
public:
    /// Of an account, "" for the common one. Do nothing for a clock that stands still or is the machine's. Throw
    /// SqlError.
    void keep_ahead(storage::SettingRepository& settings, const std::string& account, lifecycle::Clock& clock);
    void keep_exactly(storage::SettingRepository& settings, const std::string& account, lifecycle::Clock& clock);

    /// That this clock has been set.
    void forget(std::string_view account);

private:
    std::map<std::string, base::Instant, std::less<>> kept_until_;
};

}  // namespace plocal::world
