// Stores clocks that run faster than the clock of the machine, so that they do not run back over a restart: the machine
// cannot tell how far they have come. Each is stored ahead of its moment again and again, and exactly at a stop. On the
// thread that owns the world.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server/local/world/tenant_settings.h"
#include "storage/setting_repository.h"

namespace plocal::world {

/// An account is twelve digits, or "" for the common clock.
class ClockCheckpoint {
public:
    /// Stores the clock of an account one real second ahead, where it has passed what is stored. Does nothing for a
    /// clock that is frozen, or not faster than the machine's. Throws SqlError.
    void store_ahead(storage::SettingRepository& stored, TenantSettings& tenants, const std::string& account);

    /// Stores every clock that `store_ahead` stores, at its present moment. Throws SqlError.
    static void store_exactly(storage::SettingRepository& stored, TenantSettings& tenants);

    /// Forgets what is stored of the clock of an account. Needed where another room has stored it.
    void forget(std::string_view account);

private:
    std::map<std::string, base::Instant, std::less<>> stored_until_;
};

}  // namespace plocal::world
