#include "server/local/world/import_checks.h"

#include <algorithm>
#include <string_view>

#include "server/local/snapshot/loader.h"
#include "server/service/resources/kinds.h"

namespace plocal::world {

using snapshot::Bundle;
using snapshot::Fixture;
using snapshot::FixtureProblem;
using snapshot::Reading;

namespace {

[[noreturn]] void refuse(const snapshot::Place& place, const std::string& message) {
    throw Conflict(message, place.pointer);
}

bool is_name_of_aws(std::string_view name) {
    return std::ranges::any_of(resources::kinds(), [name](const resources::Kind& kind) {
        return kind.is_of_aws && (name == kind.name || name == kind.plural);
    });
}

}  // namespace

snapshot::Cast cast_for(const std::string& account) {
    if (account.empty()) return {};
    return {.as_written = false, .accounts = {account}};
}

void refuse_strangers(const Bundle& bundle, const std::string& account) {
    if (account.empty()) return;
    std::vector<FixtureProblem> problems;
    for (const auto& [place, name] : bundle.members()) {
        const bool is_of_aws = is_name_of_aws(name);
        if (!is_of_aws && name != "accounts") continue;
        problems.push_back({place, "what is account " + account + "'s own alone",
                            is_of_aws ? "what AWS owns" : "what is of several accounts"});
    }
    if (!problems.empty()) throw BadDocuments(std::move(problems));
}

void refuse_contradictions(const snapshot::Arrangements& arrangements, Conditions& conditions) {
    for (const auto& [owner, arrangement] : arrangements) {
        lifecycle::Clock& clock = conditions.clocks.of(owner);
        if (arrangement.clock && arrangement.clock->now && *arrangement.clock->now < clock.now()) {
            refuse(arrangement.clock_place.below("now"), "time never runs back: expected a later moment");
        }
        const rules::RuleBook* const book = conditions.own_rules(owner);
        for (const snapshot::PlacedRule& each : arrangement.rules) {
            if (book != nullptr && !each.is_id_made && book->find(each.rule.id) != nullptr) {
                refuse(each.place.below("id"), "there is a rule " + each.rule.id + " already");
            }
        }
    }
}

void refuse_others(storage::Store& store, const std::vector<Fixture>& fixtures, lifecycle::Moments& moments) {
    for (const Fixture& fixture : fixtures) {
        const auto stored = store.resources().find(fixture.record.arn);
        if (stored && !plocal::snapshot::is_so(fixture, *stored, moments.now_of(stored->owner.account))) {
            refuse(fixture.place, "there is another " + fixture.record.arn + " already");
        }
    }
}

std::vector<rules::Rule> rules_in(snapshot::Arrangement arrangement) {
    std::vector<rules::Rule> rules;
    for (snapshot::PlacedRule& each : arrangement.rules) {
        if (each.is_id_made) each.rule.id.clear();
        rules.push_back(std::move(each.rule));
    }
    return rules;
}

Reading read_under(const Bundle& bundle, Conditions& conditions, const Kept& kept) {
    std::vector<FixtureProblem> problems;
    arrange(conditions, bundle.arrangements(problems), kept, problems);
    lifecycle::Moments moments(conditions.clocks);
    Reading reading = bundle.resources({conditions.plans, moments});
    reading.problems.insert(reading.problems.begin(), problems.begin(), problems.end());
    if (!reading.problems.empty()) throw BadDocuments(std::move(reading.problems));
    return reading;
}

std::vector<Fixture> Loaded::fixtures(const std::string& account, const std::vector<snapshot::Document>& documents,
                                      Conditions& conditions) const {
    const auto is_copy = [&](const std::string& owner) { return copies.contains(owner); };
    plocal::snapshot::Cast cast{.as_written = is_as_written, .accounts = {}};
    for (const std::string& each : copies) {
        if (account.empty() || each == account) cast.accounts.push_back(each);
    }
    lifecycle::Moments moments(conditions.clocks);
    std::vector<Fixture> fixtures = Bundle(documents, cast).resources({conditions.plans, moments}).fixtures;
    std::erase_if(fixtures, [&](const Fixture& fixture) {
        const std::string& owner = fixture.record.owner.account;
        if (!account.empty() && owner != account) return true;
        return !is_copy(owner) && emptied.contains(owner);
    });
    return fixtures;
}

}  // namespace plocal::world
