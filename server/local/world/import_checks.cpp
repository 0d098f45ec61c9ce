#include "server/local/world/import_checks.h"

#include <algorithm>
#include <string_view>

#include "server/local/snapshot/loader.h"
#include "server/service/resources/kinds.h"

namespace plocal::world {

using snapshot::DocumentSet;
using snapshot::Fixture;
using snapshot::FixtureProblem;
using snapshot::Reading;

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

void refuse_others(storage::Store& store, const std::vector<Fixture>& fixtures, lifecycle::ClockReadings& readings) {
    for (const Fixture& fixture : fixtures) {
        const auto stored = store.resources().find(fixture.record.arn);
        if (stored && !snapshot::agrees_with(fixture, *stored, readings.now_of(stored->owner.account))) {
            refuse(fixture.place, "there is another " + fixture.record.arn + " already");
        }
    }
}

ReadDocuments read_under(const DocumentSet& documents, TenantSettings& tenants, const SettingKeys& stored) {
    ReadDocuments read;
    std::vector<FixtureProblem> problems;
    read.sections = documents.sections(known_settings(), problems);
    apply_sections(tenants, read.sections, stored, problems);
    lifecycle::ClockReadings readings(tenants.clocks);
    read.reading = documents.resources({tenants.plans, readings, known_settings().names});
    problems.insert(problems.end(), read.reading.problems.begin(), read.reading.problems.end());
    if (!problems.empty()) throw BadDocuments(std::move(problems));
    return read;
}

void Baseline::reset(const std::string& account, bool with_fixtures, const std::vector<std::string>& accounts) {
    if (account.empty()) {
        *this = {.is_as_written = with_fixtures, .copies = {}, .emptied = {}};
        if (with_fixtures) copies.insert(accounts.begin(), accounts.end());
        return;
    }
    copies.erase(account);
    emptied.erase(account);
    (with_fixtures ? copies : emptied).insert(account);
}

std::vector<Fixture> Baseline::fixtures(const std::string& account, const std::vector<snapshot::Document>& documents,
                                        TenantSettings& tenants) const {
    const auto is_copy = [&](const std::string& owner) { return copies.contains(owner); };
    snapshot::TargetAccounts targets{.as_written = is_as_written, .accounts = {}};
    for (const std::string& each : copies) {
        if (account.empty() || each == account) targets.accounts.push_back(each);
    }
    lifecycle::ClockReadings readings(tenants.clocks);
    std::vector<Fixture> fixtures =
        DocumentSet(documents, targets).resources({tenants.plans, readings, known_settings().names}).fixtures;
    std::erase_if(fixtures, [&](const Fixture& fixture) {
        const std::string& owner = fixture.record.owner.account;
        if (!account.empty() && owner != account) return true;
        return !is_copy(owner) && emptied.contains(owner);
    });
    return fixtures;
}

}  // namespace plocal::world
