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

bool is_name_of_aws(std::string_view name) {
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
        const bool is_of_aws = is_name_of_aws(name);
        if (!is_of_aws && name != "accounts") continue;
        problems.push_back({place, "what is account " + account + "'s own alone",
                            is_of_aws ? "what AWS owns" : "what is of several accounts"});
    }
    if (!problems.empty()) throw BadDocuments(std::move(problems));
}

void refuse_contradictions(const snapshot::SettingsSections& sections, TenantSettings& settings) {
    for (const auto& [owner, section] : sections) {
        lifecycle::Clock& clock = settings.clocks.of(owner);
        if (section.clock && section.clock->now && *section.clock->now < clock.now()) {
            refuse(section.clock_place.below("now"), "time never runs back: expected a later moment");
        }
        const rules::RuleBook* const book = settings.own_rules(owner);
        for (const snapshot::LocatedRule& each : section.rules) {
            if (book != nullptr && !each.is_id_made && book->find(each.rule.id) != nullptr) {
                refuse(each.place.below("id"), "there is a rule " + each.rule.id + " already");
            }
        }
    }
}

void refuse_others(storage::Store& store, const std::vector<Fixture>& fixtures, lifecycle::ClockReadings& readings) {
    for (const Fixture& fixture : fixtures) {
        const auto stored = store.resources().find(fixture.record.arn);
        if (stored && !plocal::snapshot::is_so(fixture, *stored, readings.now_of(stored->owner.account))) {
            refuse(fixture.place, "there is another " + fixture.record.arn + " already");
        }
    }
}

std::vector<rules::Rule> rules_in(snapshot::SettingsSection section) {
    std::vector<rules::Rule> rules;
    for (snapshot::LocatedRule& each : section.rules) {
        if (each.is_id_made) each.rule.id.clear();
        rules.push_back(std::move(each.rule));
    }
    return rules;
}

Reading read_under(const DocumentSet& documents, TenantSettings& settings, const StoredSettings& stored) {
    std::vector<FixtureProblem> problems;
    apply_sections(settings, documents.sections(problems), stored, problems);
    lifecycle::ClockReadings readings(settings.clocks);
    Reading reading = documents.resources({settings.plans, readings});
    reading.problems.insert(reading.problems.begin(), problems.begin(), problems.end());
    if (!reading.problems.empty()) throw BadDocuments(std::move(reading.problems));
    return reading;
}

std::vector<Fixture> Baseline::fixtures(const std::string& account, const std::vector<snapshot::Document>& documents,
                                        TenantSettings& settings) const {
    const auto is_copy = [&](const std::string& owner) { return copies.contains(owner); };
    plocal::snapshot::TargetAccounts targets{.as_written = is_as_written, .accounts = {}};
    for (const std::string& each : copies) {
        if (account.empty() || each == account) targets.accounts.push_back(each);
    }
    lifecycle::ClockReadings readings(settings.clocks);
    std::vector<Fixture> fixtures = DocumentSet(documents, targets).resources({settings.plans, readings}).fixtures;
    std::erase_if(fixtures, [&](const Fixture& fixture) {
        const std::string& owner = fixture.record.owner.account;
        if (!account.empty() && owner != account) return true;
        return !is_copy(owner) && emptied.contains(owner);
    });
    return fixtures;
}

}  // namespace plocal::world
