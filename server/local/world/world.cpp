#include "server/local/world/world.h"

#include <utility>

#include "server/local/snapshot/loader.h"
#include "server/local/snapshot/writer.h"
#include "server/model/service.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/due.h"

namespace plocal::world {

using lifecycle::Clock;
using snapshot::Bundle;
using snapshot::Fixture;
using snapshot::FixtureProblem;
using snapshot::Reading;

namespace {

/// The operations that requests are counted by: those of the three services.
std::vector<telemetry::MeteredService> metered_services() {
    std::vector<telemetry::MeteredService> metered;
    for (const model::Service* service :
         {&model::personalize(), &model::personalize_runtime(), &model::personalize_events()}) {
        telemetry::MeteredService each{.name = service->name(), .operations = {}};
        for (const model::Operation& operation : service->operations()) each.operations.push_back(operation.name);
        metered.push_back(std::move(each));
    }
    return metered;
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
    hear_flag(kept, beginning_.accounts);
    loaded_.copies.insert(beginning_.accounts.begin(), beginning_.accounts.end());
    const Bundle bundle(beginning_.documents, {.as_written = true, .accounts = beginning_.accounts});
    Reading reading = read_under(bundle, conditions_, kept);
    lifecycle::Moments moments(conditions_.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    insert(std::move(reading.fixtures), moments);
    keep_all(store_.settings(), conditions_);
    transaction.commit();
    if (!is_new) record("");
}

resources::LifeRules World::life_rules() const {
    return {operations::hooks(), settings().plan.seed};
}

bool World::has_recorded(std::string_view account) const {
    return account.empty() ? !recorded_.empty() : recorded_.contains(account) || recorded_.contains("");
}

void World::record(const std::string& account, const rules::Rule* fired) {
    recorded_.insert(account);
    if (store_.path() == ":memory:") return;
    for (const std::string& each : {account, std::string()}) {
        rules::RuleBook* const book = own_rules(each);
        const bool has_fired = book != nullptr && fired != nullptr && book->find(fired->id) == fired;
        if (book != nullptr && (book->take_changed() || has_fired)) keep_rules(each);
        if (each.empty() || clocks().has_own(each))
            running_clocks_.keep_ahead(store_.settings(), each, clocks().of(each));
    }
}

void World::fall_back() {
    conditions_ = fresh_conditions();
    resume(store_.settings(), conditions_, false);
}

void World::stop() {
    running_clocks_.keep_exactly(store_.settings(), "", clocks().of(""));
    for (const std::string& account : clocks().accounts()) {
        running_clocks_.keep_exactly(store_.settings(), account, clocks().of(account));
    }
}

void World::keep_clock(std::string_view account) {
    world::keep_clock(store_.settings(), account, clocks().of(account), {});
    running_clocks_.forget(account);
}

void World::keep_plans(std::string_view account) {
    world::keep_plans(store_.settings(), conditions_, account);
}

void World::keep_quotas(std::string_view account) {
    world::keep_quotas(store_.settings(), conditions_, account);
}

void World::settle(lifecycle::Moments& moments) {
    resources::run_due({store_, settings(), plans(), quotas(), operations::hooks(), notes_}, moments);
}

void World::keep_rules(std::string_view account) {
    world::keep_rules(store_.settings(), conditions_, account);
}

void World::put_clock(const std::string& account, const Clock& clock) {
    may_all_have_changed_ = true;
    clocks().put(account, clock);
    keep_clock(account);
}

void World::set_clock_back(const std::string& account, const Clock& clock) {
    Conditions next = conditions_without("");
    next.clocks.put(account, clock);
    std::vector<Fixture> fixtures = loaded_.fixtures(account, beginning_.documents, next);
    lifecycle::Moments moments(next.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    clear_resources(account);
    insert(std::move(fixtures), moments);
    world::keep_clock(store_.settings(), account, next.clocks.of(account), {});
    transaction.commit();
    may_all_have_changed_ = true;
    conditions_.clocks = next.clocks;
    running_clocks_.forget(account);
}

void World::reset(const std::string& account, bool with_fixtures) {
    const std::vector<snapshot::Document> none;
    snapshot::Cast cast = cast_for(account);
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

void World::replace(const std::string& account, const snapshot::Document& document) {
    const Bundle bundle({document}, cast_for(account));
    refuse_strangers(bundle, account);
    begin_again(account, bundle, false);
    if (account.empty()) recorded_.clear();
    record(account);
}

void World::add(const std::string& account, const snapshot::Document& document) {
    const Bundle bundle({document}, cast_for(account));
    refuse_strangers(bundle, account);
    std::vector<FixtureProblem> problems;
    snapshot::Arrangements arrangements = bundle.arrangements(problems);
    refuse_contradictions(arrangements, conditions_);
    Conditions next = conditions_without("");
    arrange(next, arrangements, {}, problems);
    lifecycle::Moments moments(next.clocks);
    Reading reading = bundle.resources({next.plans, moments});
    problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
    if (!problems.empty()) throw BadDocuments(std::move(problems));
    refuse_others(store_, reading.fixtures, moments);
    storage::sqlite::Transaction transaction = store_.begin();
    insert(std::move(reading.fixtures), moments);
    conditions_.clocks = next.clocks;
    conditions_.plans = next.plans;
    conditions_.quotas = next.quotas;
    for (auto& [owner, arrangement] : arrangements) {
        std::vector<rules::Rule> rules = rules_in(std::move(arrangement));
        if (!rules.empty()) static_cast<void>(conditions_.rules_of(owner).add(std::move(rules)));
        keep(store_.settings(), conditions_, owner);
    }
    transaction.commit();
    may_all_have_changed_ = true;
    record(account);
}

std::string World::document(const std::string& account) {
    lifecycle::Moments moments(clocks());
    return snapshot::write_document(store_, moments, account, settings().status_names,
                                    arrangement_of(conditions_, account));
}

Changed World::take_changed() {
    return {std::exchange(may_all_have_changed_, false), store_.resources().take_changed()};
}

Conditions World::fresh_conditions() const {
    const std::uint64_t seed = beginning_.settings.plan.seed;
    return {lifecycle::Clocks(beginning_.clock),
            lifecycle::PlanBook(beginning_.settings.plan),
            seed,
            {},
            resources::QuotaBook(beginning_.settings.are_quotas_enforced)};
}

/// The same clocks and plans but for an account's own, and no rules.
Conditions World::conditions_without(const std::string& account) const {
    Conditions conditions = fresh_conditions();
    conditions.clocks = conditions_.clocks;
    conditions.plans = conditions_.plans;
    conditions.quotas = conditions_.quotas;
    if (!account.empty()) conditions.forget(account);
    return conditions;
}

void World::begin_again(const std::string& account, const Bundle& bundle, bool is_flag_heard) {
    Conditions next = account.empty() ? fresh_conditions() : conditions_without(account);
    Kept kept;
    if (is_flag_heard) hear_flag(kept, account.empty() ? beginning_.accounts : std::vector<std::string>{account});
    Reading reading = read_under(bundle, next, kept);
    if (!account.empty()) {
        std::erase_if(reading.fixtures, [&](const Fixture& each) { return each.record.owner.account != account; });
    }
    lifecycle::Moments moments(next.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    clear_resources(account);
    account.empty() ? store_.settings().clear() : store_.settings().clear(account);
    insert(std::move(reading.fixtures), moments);
    if (account.empty()) {
        keep_all(store_.settings(), next);
    } else {
        keep(store_.settings(), next, account);
    }
    transaction.commit();
    take_over(account, std::move(next));
}

void World::insert(std::vector<Fixture> fixtures, lifecycle::Moments& moments) {
    const std::uint64_t seed = settings().plan.seed;
    for (std::string& note : snapshot::load(store_, std::move(fixtures), seed, moments))
        notes_.push_back(std::move(note));
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

/// Has a clock that was given at the start beat those of documents.
void World::hear_flag(Kept& kept, const std::vector<std::string>& copies) const {
    if (!beginning_.is_clock_given) return;
    kept.clocks.insert("");
    kept.clocks.insert(copies.begin(), copies.end());
}

void World::take_over(const std::string& account, Conditions next) {
    may_all_have_changed_ = true;
    running_clocks_ = {};
    if (account.empty()) {
        conditions_ = std::move(next);
        return;
    }
    conditions_.forget(account);
    conditions_.clocks = next.clocks;
    conditions_.plans = next.plans;
    conditions_.quotas = next.quotas;
    if (auto own = next.rules.extract(account)) conditions_.rules.insert(std::move(own));
}

}  // namespace plocal::world
