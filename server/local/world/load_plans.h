// Decides what each load of a world reads and displaces: the start, resets, documents of calls, and a clock that is set
// back. Remembers for which accounts the documents of the start are loaded. On the thread that owns the world.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "server/local/world/loading.h"
#include "server/local/world/restorable.h"
#include "server/local/world/world_config.h"
#include "server/service/resources/life.h"
#include "storage/store.h"

namespace plocal::world {

class LoadPlans {
public:
    /// Both must outlive this.
    LoadPlans(storage::Store& store, const WorldConfig& config, const resources::LifeRules& life);

    /// Each returns a load without its `finish`. `settings` apply before the documents are read. An account is twelve
    /// digits, or "" for all of them.

    /// The documents of the start join what the database has; settings of `fixed` keep their value.
    Load at_start(TenantSettings settings, const SettingKeys& fixed, bool is_new);

    /// An account, or everybody, goes back to the documents of the start, or to nothing. The documents
    /// are not read again, unless an account gets its first copy, which shares the rows of its datasets with the
    /// others.
    Load for_reset(const std::string& account, bool with_fixtures, const std::function<TenantSettings()>& settings);

    /// The resources of the documents begin again, where they were loaded, by clocks that have been set back.
    Load for_clock(const std::string& account, TenantSettings settings);

    /// A document takes the place of all, or of what an account has.
    Load for_replacement(const std::string& account, const snapshot::Document& document, TenantSettings settings);

    /// A document joins what is there. Reading it throws Conflict where it contradicts the `tenants`, who must outlive
    /// the load.
    Load for_addition(const std::string& account, const snapshot::Document& document, TenantSettings settings,
                      TenantSettings& tenants);

    /// Takes in what a load has shown. To be called once it is finished.
    void note_start(const Load& load, bool is_new);
    void note_reset(const std::string& account, bool with_fixtures, const Load& load);

private:
    Load load_of(TenantSettings settings, StagingRules rules);
    std::optional<Load> restoring(const std::string& account, TenantSettings settings, const SettingKeys& fixed);
    void note_restorable(const std::string& account, const Load& load);
    snapshot::TargetAccounts targets_of_reset(const std::string& account) const;

    storage::Store& store_;
    const WorldConfig& config_;
    resources::LifeRules life_;
    bool is_as_written_ = true;                   // the accounts that the documents name have their resources
    std::set<std::string, std::less<>> copies_;   // accounts with a copy of all resources
    std::set<std::string, std::less<>> emptied_;  // accounts without any
    Restorables restorables_;
};

}  // namespace plocal::world
