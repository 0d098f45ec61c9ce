#include "server/local/snapshot/settings_section.h"

#include <algorithm>
#include <utility>

#include "server/base/account_id.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;

using Problems = std::vector<FixtureProblem>;

/// Returns false, and does nothing, where no setting has this name.
bool read_member(SettingsSection& section, const KnownSettings& known, const Location& place, const std::string& name,
                 const Json& value, Problems& problems) {
    if (std::ranges::find(known.names, name) == known.names.end()) return false;
    std::vector<Problem> found;
    known.check(name, value, found);
    add_problems(problems, place, std::move(found));
    section[name].push_back({place, value});
    return true;
}

void read_account(SettingsSections& sections, const KnownSettings& known, const Location& place,
                  const std::string& account, const Json& json, Problems& problems) {
    if (!base::is_account_id(account) || !json.is_object()) {
        problems.push_back({place, "an account of twelve digits with an object", base::excerpt(json)});
        return;
    }
    for (const auto& [name, value] : json.items()) {
        const Location inner = place.below(name);
        if (read_member(sections[account], known, inner, name, value, problems)) continue;
        problems.push_back({inner, base::alternatives(known.names), "a member " + Json(name).dump()});
    }
}

}  // namespace

void read_settings_sections(SettingsSections& sections, const KnownSettings& known, const std::string& source,
                            const Json& document, Problems& problems) {
    read_settings_section("", sections, known, source, document, problems);
    const auto accounts = document.find(accounts_member);
    if (accounts == document.end()) return;
    const Location place = Location{source, ""}.below(accounts_member);
    if (!accounts->is_object()) {
        problems.push_back({place, "an object of accounts", base::excerpt(*accounts)});
        return;
    }
    for (const auto& [account, value] : accounts->items()) {
        read_account(sections, known, place.below(account), account, value, problems);
    }
}

void read_settings_section(std::string_view account, SettingsSections& sections, const KnownSettings& known,
                           const std::string& source, const Json& document, Problems& problems) {
    for (const auto& [name, value] : document.items()) {
        const Location place = Location{source, ""}.below(name);
        read_member(sections[std::string(account)], known, place, name, value, problems);
    }
}

}  // namespace plocal::snapshot
