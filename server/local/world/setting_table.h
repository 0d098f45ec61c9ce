// The table of tenants' settings, and what is done with all of them. A new setting is one row here, and the room that
// fills it in. On the thread that owns the world.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/local/snapshot/settings_section.h"
#include "server/local/world/tenant_setting.h"
#include "storage/setting_repository.h"

namespace plocal::world {

/// All settings, in the order in which documents have them.
std::span<const TenantSetting* const> setting_table();

/// The same for the reading of documents.
const snapshot::KnownSettings& known_settings();

/// Which settings of which accounts have a value from elsewhere, so that documents do not change them.
class SettingKeys {
public:
    void insert(const TenantSetting& setting, std::string_view account) { keys_.emplace(setting.name, account); }
    void insert_all(const SettingKeys& other) { keys_.insert(other.keys_.begin(), other.keys_.end()); }
    bool contains(const TenantSetting& setting, std::string_view account) const {
        return keys_.contains({std::string(setting.name), std::string(account)});
    }

private:
    std::set<std::pair<std::string, std::string>> keys_;
};

/// Stores the own value of an account for one setting. Throws SqlError.
void store_setting(storage::SettingRepository& stored, const TenantSetting& setting, TenantSettings& tenants,
                   const std::string& account);

/// Stores all own values of an account, "" for the common ones; or of everybody. Throw SqlError.
void store_settings(storage::SettingRepository& stored, TenantSettings& tenants, const std::string& account);
void store_all_settings(storage::SettingRepository& stored, TenantSettings& tenants);

/// Takes over what the database has, but for the settings that are `fixed`. Returns whose settings it took. A value
/// that cannot be read is ignored as a whole, stays in the database until another one replaces it, and adds a note for
/// the log. Throws SqlError.
SettingKeys resume_settings(storage::SettingRepository& stored, TenantSettings& tenants, const SettingKeys& fixed,
                            std::vector<std::string>& notes);

/// Applies the sections of documents. A setting in `stored` keeps its value; of rules, those with an id that is there.
void apply_sections(TenantSettings& tenants, const snapshot::SettingsSections& sections, const SettingKeys& stored,
                    std::vector<snapshot::FixtureProblem>& problems);

/// Adds to `present` what sections have that were applied to `next`.
void add_sections(TenantSettings& present, TenantSettings& next, const snapshot::SettingsSections& sections);

/// Replaces all own values of an account by those of `next`.
void adopt_settings(TenantSettings& present, TenantSettings& next, const std::string& account);

/// Removes all own values of an account.
void forget_settings(TenantSettings& tenants, const std::string& account);

/// The section of a document for the own values of an account; for "" the common ones, and those of every account.
base::Json settings_json(TenantSettings& tenants, const std::string& account);

}  // namespace plocal::world
