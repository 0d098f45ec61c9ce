// One row of the table of tenants' settings: how a setting is read, changed, written, stored and forgotten. A room a
// setting fills in its row; `setting_table` loops over all of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/snapshot/settings_section.h"
#include "server/local/world/tenant_settings.h"

namespace plocal::world {

/// A value that contradicts what a tenant has.
struct Contradiction {
    snapshot::Location place;
    std::string message;
};

/// An account is twelve digits, or "" for what is common. Pointers of problems begin at the value that was read.
struct TenantSetting {
    using Problems = std::vector<base::Problem>;
    using Values = std::vector<snapshot::SettingValue>;

    /// In documents, in the database and under `/_local/`.
    std::string_view name;

    /// The accounts that have a value of their own.
    std::vector<std::string> (*accounts)(const TenantSettings&);

    /// The account's own value as documents have it. Null where there is none.
    base::Json (*to_json)(TenantSettings&, const std::string& account);

    /// The account's own value as the database has it.
    base::Json (*to_stored)(TenantSettings&, const std::string& account);

    /// Takes over a value that the database has. Adds what is wrong with it, and then changes nothing.
    void (*resume)(TenantSettings&, const std::string& account, const base::Json& stored, Problems&);

    /// Adds what is wrong with a value of a document.
    void (*check)(const base::Json& value, Problems&);

    /// Applies checked values of documents. With `is_stored` the database had a value, which stays.
    void (*apply)(TenantSettings&, const std::string& account, const Values&, bool is_stored,
                  std::vector<snapshot::FixtureProblem>&);

    /// Moves the account's own value from `next` into `present`. Without one there, the account has none.
    void (*adopt)(TenantSettings& present, TenantSettings& next, const std::string& account);

    /// Removes the account's own value. The account must not be "".
    void (*forget)(TenantSettings&, const std::string& account);

    /// Adds values of a document to what `present` has, once they have been applied to `next`. Null for a setting whose
    /// values replace what is there: `adopt` does it then.
    void (*append)(TenantSettings& present, const std::string& account, const Values&) = nullptr;

    /// Returns the first value that contradicts what the account has. Null for a setting where none can.
    std::optional<Contradiction> (*find_contradiction)(TenantSettings&, const std::string& account,
                                                       const Values&) = nullptr;

    /// Replaces the account's own value by the JSON of a call. Adds what is wrong with it, and then changes nothing.
    /// Null for a setting with calls of its own, as is `in_force`.
    void (*put)(TenantSettings&, const std::string& account, const base::Json& value, Problems&) = nullptr;

    /// The value that applies to the account, whoever has set it. All of its members are there.
    base::Json (*in_force)(const TenantSettings&, const std::string& account) = nullptr;
};

}  // namespace plocal::world
