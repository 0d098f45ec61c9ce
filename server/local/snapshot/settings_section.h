// The settings of tenants in fixtures documents, still as JSON: whose setting it is, which one, and where it stands.
// This room knows no setting by itself; the caller says which ones there are. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/snapshot/document.h"

namespace plocal::snapshot {

/// The settings that documents may have.
struct KnownSettings {
    std::vector<std::string> names;

    /// Adds what is wrong with a value of the setting of this name; pointers begin at the value.
    void (*check)(std::string_view name, const base::Json& value, std::vector<base::Problem>& problems);
};

/// One value of a setting, and its place in a document.
struct SettingValue {
    Location place;
    base::Json json;
};

/// The values of one tenant by the name of the setting, each in the order of the documents.
using SettingsSection = std::map<std::string, std::vector<SettingValue>, std::less<>>;

/// The sections of tenants by account, "" for the common one.
using SettingsSections = std::map<std::string, SettingsSection, std::less<>>;

/// The member of a document that holds the sections of single accounts.
inline constexpr std::string_view accounts_member = "accounts";

/// Adds the common settings of a document and those of its `accounts` to `sections`. A value with a problem is added
/// too.
void read_settings_sections(SettingsSections& sections, const KnownSettings& known, const std::string& source,
                            const base::Json& document, std::vector<FixtureProblem>& problems);

/// Adds the common settings of a document to `sections` as the settings of one account. Ignores `accounts`.
void read_settings_section(std::string_view account, SettingsSections& sections, const KnownSettings& known,
                           const std::string& source, const base::Json& document,
                           std::vector<FixtureProblem>& problems);

}  // namespace plocal::snapshot
