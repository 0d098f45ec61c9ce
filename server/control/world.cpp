#include "server/control/world.h"

#include <algorithm>
#include <utility>

#include "server/control/control_error.h"
#include "server/control/metrics_control.h"
#include "server/fixtures/fixture_loader.h"
#include "server/fixtures/fixture_writer.h"
#include "server/lifecycle/lifecycle.h"

namespace plocal::control {
namespace {

using fixtures::Bundle;
using fixtures::Fixture;
using fixtures::FixtureProblem;
using fixtures::Reading;
using lifecycle::Clock;

/// Whom a document that somebody sends is for.
fixtures::Cast cast_for(const std::string& account) {
    if (account.empty()) return {};
    return {.as_written = false, .accounts = {account}};
}

/// Whether a fixture says of a resource what is so anyway.
bool is_so(const Fixture& fixture, const storage::Record& stored, storage::Instant now) {
    if (fixture.record.kind != stored.kind || fixture.record.document != stored.document) return false;
    if (stored.timeline.steps.empty()) return true;
    return lifecycle::state_at(fixture.record.timeline, now).status == lifecycle::state_at(stored.timeline, now).status;
}

[[noreturn]] void refuse(const fixtures::Place& place, std::string message) {
    throw ControlError(409, std::move(message), place.pointer);
}

}  // namespace

World::World(storage::Store& store, Beginning beginning)
    : store_(store),
      beginning_(std::move(beginning)),
      conditions_(fresh_conditions()),
      journal_(beginning_.journal_capacity),
      metrics_(metered_services()) {
    const bool is_new = store_.resources().counts().empty();
    Kept kept = resume(store_.settings(), conditions_, beginning_.is_clock_given);
    if (beginning_.is_clock_given) kept.clocks.insert("");
    loaded_.copies.insert(beginning_.accounts.begin(), beginning_.accounts.end());
    const Bundle bundle(beginning_.documents, {.as_written = true, .accounts = beginning_.accounts});
    const Reading reading = read(bundle, conditions_, kept);
    storage::sqlite::Transaction transaction = store_.begin();
    insert(reading.fixtures);
    keep_all(store_.settings(), conditions_);
    transaction.commit();
    if (!is_new) record("", conditions_.clocks.of("").now());
}

bool World::has_recorded(std::string_view account) const {
    return account.empty() ? !recorded_.empty() : recorded_.contains(account) || recorded_.contains("");
}

std::optional<storage::Instant> World::rest_moment(std::string_view account) {
    const Clock* const clock = &clocks().of(account);
    std::optional<storage::Instant> latest;
    for (const std::string& each : store_.resources().accounts()) {
        if (&clocks().of(each) != clock) continue;
        latest = std::max(latest, store_.resources().latest_rest(each));
    }
    return latest;
}

bool World::own_rule(std::string_view account, std::string_view id) {
    rules::RuleBook* const own = account.empty() ? nullptr : own_rules(account);
    return own != nullptr && own->find(id) != nullptr;
}

void World::keep_clock(std::string_view account) {
    control::keep_clock(store_.settings(), conditions_, account);
}

void World::keep_plans(std::string_view account) {
    control::keep_plans(store_.settings(), conditions_, account);
}

void World::keep_rules(std::string_view account) {
    control::keep_rules(store_.settings(), conditions_, account);
}

void World::put_clock(const std::string& account, const Clock& clock) {
    may_all_have_changed_ = true;
    Clock next = clock;
    if (next.now() < clocks().of(account).now()) return set_back(account, clock);
    clocks().put(account, clock);
    keep_clock(account);
}

void World::reset(const std::string& account, bool with_fixtures) {
    const std::vector<fixtures::Document> none;
    fixtures::Cast cast = cast_for(account);
    if (account.empty()) cast.accounts = beginning_.accounts;
    begin_again(account, Bundle(with_fixtures ? beginning_.documents : none, cast), true);
    if (account.empty()) {
        journal_.clear();
        recorded_.clear();
        loaded_ = {.is_as_written = with_fixtures, .copies = {}, .emptied = {}};
        if (with_fixtures) loaded_.copies.insert(beginning_.accounts.begin(), beginning_.accounts.end());
        return;
    }
    journal_.clear(account);
    recorded_.erase(account);
    loaded_.copies.erase(account);
    loaded_.emptied.erase(account);
    (with_fixtures ? loaded_.copies : loaded_.emptied).insert(account);
}

void World::replace(const std::string& account, const fixtures::Document& document) {
    begin_again(account, Bundle({document}, cast_for(account)), false);
    if (account.empty()) recorded_.clear();
    record(account, clocks().of(account).now());
}

void World::add(const std::string& account, const fixtures::Document& document) {
    const Bundle bundle({document}, cast_for(account));
    std::vector<FixtureProblem> problems;
    fixtures::Arrangements arrangements = bundle.arrangements(problems);
    refuse_contradictions(arrangements);
    Conditions next = conditions_without("");
    arrange(next, arrangements, {}, problems);
    lifecycle::Moments moments(next.clocks);
    Reading reading = bundle.resources({next.plans, moments});
    problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
    if (!problems.empty()) throw BadDocuments(std::move(problems));
    for (const Fixture& fixture : reading.fixtures) {
        const auto stored = store_.resources().find(fixture.record.arn);
        if (stored && !is_so(fixture, *stored, moments.now_of(stored->owner.account))) {
            refuse(fixture.place, "there is another " + fixture.record.arn + " already");
        }
    }
    storage::sqlite::Transaction transaction = store_.begin();
    insert(reading.fixtures);
    conditions_.clocks = next.clocks;
    conditions_.plans = next.plans;
    for (auto& [owner, arrangement] : arrangements) {
        std::vector<rules::Rule> rules;
        for (fixtures::PlacedRule& each : arrangement.rules) rules.push_back(std::move(each.rule));
        if (!rules.empty()) static_cast<void>(conditions_.rules_of(owner).add(std::move(rules)));
        keep(store_.settings(), conditions_, owner);
    }
    transaction.commit();
    may_all_have_changed_ = true;
    record(account, clocks().of(account).now());
}

void World::refuse_contradictions(const fixtures::Arrangements& arrangements) {
    for (const auto& [owner, arrangement] : arrangements) {
        Clock& clock = clocks().of(owner);
        if (arrangement.clock && arrangement.clock->now && *arrangement.clock->now < clock.now()) {
            refuse(arrangement.clock_place.below("now"), "time never runs back: expected a later moment");
        }
        const rules::RuleBook* const book = conditions_.own_rules(owner);
        for (const fixtures::PlacedRule& each : arrangement.rules) {
            if (book != nullptr && !each.rule.id.empty() && book->find(each.rule.id) != nullptr) {
                refuse(each.place.below("id"), "there is a rule " + each.rule.id + " already");
            }
        }
    }
}

std::string World::document(const std::string& account) {
    lifecycle::Moments moments(clocks());
    return fixtures::write_document(store_, moments, account, settings().status_names,
                                    arrangement_of(conditions_, account));
}

Changed World::take_changed() {
    return {std::exchange(may_all_have_changed_, false), store_.resources().take_changed()};
}

Conditions World::fresh_conditions() const {
    const std::uint64_t seed = beginning_.settings.plan.seed;
    return {lifecycle::Clocks(beginning_.clock), lifecycle::PlanBook(beginning_.settings.plan), seed, {}};
}

/// The same clocks and plans but for an account's own, and no rules.
Conditions World::conditions_without(const std::string& account) const {
    Conditions conditions = fresh_conditions();
    conditions.clocks = conditions_.clocks;
    conditions.plans = conditions_.plans;
    if (!account.empty()) conditions.forget(account);
    return conditions;
}

Reading World::read(const Bundle& bundle, Conditions& conditions, const Kept& kept) const {
    std::vector<FixtureProblem> problems;
    arrange(conditions, bundle.arrangements(problems), kept, problems);
    lifecycle::Moments moments(conditions.clocks);
    Reading reading = bundle.resources({conditions.plans, moments});
    reading.problems.insert(reading.problems.begin(), problems.begin(), problems.end());
    if (!reading.problems.empty()) throw BadDocuments(std::move(reading.problems));
    return reading;
}

void World::begin_again(const std::string& account, const Bundle& bundle, bool is_flag_heard) {
    Conditions next = account.empty() ? fresh_conditions() : conditions_without(account);
    Kept kept;
    if (is_flag_heard && beginning_.is_clock_given) kept.clocks.insert("");
    const Reading reading = read(bundle, next, kept);
    storage::sqlite::Transaction transaction = store_.begin();
    clear_resources(account);
    if (account.empty()) {
        store_.settings().clear();
    } else {
        store_.settings().clear(account);
    }
    insert(reading.fixtures);
    if (account.empty()) {
        keep_all(store_.settings(), next);
    } else {
        keep(store_.settings(), next, account);
    }
    transaction.commit();
    take_over(account, std::move(next));
}

void World::set_back(const std::string& account, const Clock& clock) {
    Conditions next = conditions_without("");
    next.clocks.put(account, clock);
    const std::vector<Fixture> fixtures = loaded_fixtures(account, next);
    storage::sqlite::Transaction transaction = store_.begin();
    clear_resources(account);
    insert(fixtures);
    control::keep_clock(store_.settings(), next, account);
    transaction.commit();
    conditions_.clocks = next.clocks;
}

std::vector<Fixture> World::loaded_fixtures(const std::string& account, Conditions& conditions) const {
    const auto is_copy = [&](const std::string& owner) { return loaded_.copies.contains(owner); };
    fixtures::Cast cast{.as_written = loaded_.is_as_written, .accounts = {}};
    for (const std::string& each : loaded_.copies) {
        if (account.empty() || each == account) cast.accounts.push_back(each);
    }
    lifecycle::Moments moments(conditions.clocks);
    std::vector<Fixture> fixtures = Bundle(beginning_.documents, cast).resources({conditions.plans, moments}).fixtures;
    std::erase_if(fixtures, [&](const Fixture& fixture) {
        const std::string& owner = fixture.record.owner.account;
        if (!account.empty() && owner != account) return true;
        return !is_copy(owner) && loaded_.emptied.contains(owner);
    });
    return fixtures;
}

void World::insert(const std::vector<Fixture>& fixtures) {
    for (std::string& note : fixtures::load(store_, fixtures)) notes_.push_back(std::move(note));
}

void World::clear_resources(const std::string& account) {
    if (account.empty()) {
        store_.tags().clear();
        store_.resources().clear();
    } else {
        store_.tags().clear(account);
        store_.resources().clear(account);
    }
}

void World::take_over(const std::string& account, Conditions next) {
    may_all_have_changed_ = true;
    if (account.empty()) {
        conditions_ = std::move(next);
        return;
    }
    conditions_.forget(account);
    conditions_.clocks = next.clocks;
    conditions_.plans = next.plans;
    if (auto own = next.rules.extract(account)) conditions_.rules.insert(std::move(own));
}

}  // namespace plocal::control
