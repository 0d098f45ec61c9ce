// What documents say of how a world goes, beside what is in it: `clock`, `lifecycle`, `quotas`, `rules`, and the same
// for single accounts under `accounts`.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/local/rules/rule.h"
#include "server/local/snapshot/document.h"
#include "server/local/snapshot/settings_json.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/quota_overrides.h"

namespace plocal::snapshot {

struct LocatedRule {
    Location place;
    rules::Rule rule;
    bool is_id_made = false;  // by its place, for a rule without one: the same whenever the documents are read
};

/// Of one account, or of all.
struct SettingsSection {
    std::optional<ClockChange> clock;
    Location clock_place;  // where it was said last
    std::optional<lifecycle::PlanChanges> lifecycle;
    std::optional<resources::QuotaChange> quotas;
    std::vector<LocatedRule> rules;
    std::size_t rules_read = 0;
};

/// By account, "" for what is common.
using SettingsSections = std::map<std::string, SettingsSection, std::less<>>;

/// The members of a document that are read here.
inline constexpr std::string_view settings_members[] = {"clock", "lifecycle", "quotas", "rules", "accounts"};

/// Adds what a document says to what others have said: of clocks and plans a later word beats an earlier one, rules
/// come behind each other.
void read_settings_sections(SettingsSections& sections, const std::string& source, const base::Json& document,
                            std::vector<FixtureProblem>& problems);

/// The same for what it says of all accounts, as one account's own.
void read_settings_section(std::string_view account, SettingsSections& sections, const std::string& source,
                           const base::Json& document, std::vector<FixtureProblem>& problems);

}  // namespace plocal::snapshot
