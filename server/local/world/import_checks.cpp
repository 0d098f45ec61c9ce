#include "server/local/world/import_checks.h"

#include <algorithm>
#include <string_view>

#include "server/service/resources/kinds.h"

namespace plocal::world {

using snapshot::DocumentSet;
using snapshot::FixtureProblem;

namespace {

[[noreturn]] void refuse(const snapshot::Location& place, const std::string& message) {
    throw Conflict(message, place.pointer);
}

bool is_kind_of_aws(std::string_view name) {
    return std::ranges::any_of(resources::kinds(), [name](const resources::Kind& kind) {
        return kind.owned_by_aws && (name == kind.name || name == kind.plural);
    });
}

}  // namespace

snapshot::TargetAccounts targets_for(const std::string& account) {
    if (account.empty()) return {};
    return {.as_written = false, .accounts = {account}};
}

void refuse_foreign_members(const DocumentSet& documents, const std::string& account) {
    if (account.empty()) return;
    std::vector<FixtureProblem> problems;
    for (const auto& [place, name] : documents.members()) {
        const bool is_of_aws = is_kind_of_aws(name);
        if (!is_of_aws && name != snapshot::accounts_member) continue;
        problems.push_back({place, "only what belongs to account " + account,
                            is_of_aws ? "a resource that AWS owns" : "settings of several accounts"});
    }
    if (!problems.empty()) throw BadDocuments(std::move(problems));
}

void refuse_contradictions(const snapshot::SettingsSections& sections, TenantSettings& tenants) {
    for (const auto& [account, section] : sections) {
        for (const TenantSetting* const setting : setting_table()) {
            const auto values = section.find(setting->name);
            if (values == section.end() || setting->find_contradiction == nullptr) continue;
            const auto found = setting->find_contradiction(tenants, account, values->second);
            if (found) refuse(found->place, found->message);
        }
    }
}

}  // namespace plocal::world
