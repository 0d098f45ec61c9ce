#include "server/local/world/world.h"

#include <utility>

#include "server/local/snapshot/loader.h"
#include "server/local/snapshot/writer.h"
#include "server/model/service.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/due.h"

namespace plocal::world {

using lifecycle::Clock;
using snapshot::DocumentSet;
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

World::World(storage::Store& store, WorldConfig config)
    : store_(store),
      config_(std::move(config)),
      tenants_(fresh_settings()),
      journal_(config_.journal_capacity),
      metrics_(metered_services()) {
    const bool is_new = store_.counts().by_kind().empty();
    StoredSettings stored = resume(store_.settings(), tenants_, config_.is_clock_given);
    apply_clock_flag(stored, config_.accounts);
    baseline_.copies.insert(config_.accounts.begin(), config_.accounts.end());
    const DocumentSet documents(config_.documents, {.as_written = true, .accounts = config_.accounts});
    Reading reading = read_under(documents, tenants_, stored);
    lifecycle::ClockReadings readings(tenants_.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    insert(std::move(reading.fixtures), readings);
    keep_all(store_.settings(), tenants_);
    transaction.commit();
    if (!is_new) record("");
}

resources::LifeRules World::life_rules() const {
    return {operations::hooks(), settings().plan.seed};
}

bool World::has_activity(std::string_view account) const {
    return account.empty() ? !active_accounts_.empty()
                           : active_accounts_.contains(account) || active_accounts_.contains("");
}

void World::record(const std::string& account, const rules::Rule* fired) {
    active_accounts_.insert(account);
    if (store_.path() == ":memory:") return;
    for (const std::string& each : {account, std::string()}) {
        rules::RuleBook* const book = own_rules(each);
        const bool has_fired = book != nullptr && fired != nullptr && book->find(fired->id) == fired;
        if (book != nullptr && (book->take_changed() || has_fired)) keep_rules(each);
        if (each.empty() || clocks().has_own(each))
            clock_checkpoint_.keep_ahead(store_.settings(), each, clocks().of(each));
    }
}

void World::fall_back() {
    tenants_ = fresh_settings();
    resume(store_.settings(), tenants_, false);
}

void World::stop() {
    clock_checkpoint_.keep_exactly(store_.settings(), "", clocks().of(""));
    for (const std::string& account : clocks().accounts()) {
        clock_checkpoint_.keep_exactly(store_.settings(), account, clocks().of(account));
    }
}

void World::keep_clock(std::string_view account) {
    world::keep_clock(store_.settings(), account, clocks().of(account), {});
    clock_checkpoint_.forget(account);
}

void World::keep_plans(std::string_view account) {
    world::keep_plans(store_.settings(), tenants_, account);
}

void World::keep_quotas(std::string_view account) {
    world::keep_quotas(store_.settings(), tenants_, account);
}

void World::run_due(lifecycle::ClockReadings& readings) {
    resources::run_due({store_, settings(), plans(), quotas(), operations::hooks(), notes_}, readings);
}

void World::keep_rules(std::string_view account) {
    world::keep_rules(store_.settings(), tenants_, account);
}

void World::put_clock(const std::string& account, const Clock& clock) {
    may_all_have_changed_ = true;
    clocks().put(account, clock);
    keep_clock(account);
}

void World::set_clock_back(const std::string& account, const Clock& clock) {
    TenantSettings next = settings_without("");
    next.clocks.put(account, clock);
    std::vector<Fixture> fixtures = baseline_.fixtures(account, config_.documents, next);
    lifecycle::ClockReadings readings(next.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    clear_resources(account);
    insert(std::move(fixtures), readings);
    world::keep_clock(store_.settings(), account, next.clocks.of(account), {});
    transaction.commit();
    may_all_have_changed_ = true;
    rebuilt_.push_back(account);
    tenants_.clocks = next.clocks;
    clock_checkpoint_.forget(account);
}

void World::reset(const std::string& account, bool with_fixtures) {
    const std::vector<snapshot::Document> none;
    snapshot::TargetAccounts targets = targets_for(account);
    if (account.empty()) targets.accounts = config_.accounts;
    rebuild(account, DocumentSet(with_fixtures ? config_.documents : none, targets), true);
    if (account.empty()) {
        journal_.clear();
        active_accounts_.clear();
        baseline_ = {.is_as_written = with_fixtures, .copies = {}, .emptied = {}};
        if (with_fixtures) baseline_.copies.insert(config_.accounts.begin(), config_.accounts.end());
        return;
    }
    journal_.clear(account);
    active_accounts_.erase(account);
    baseline_.copies.erase(account);
    baseline_.emptied.erase(account);
    (with_fixtures ? baseline_.copies : baseline_.emptied).insert(account);
}

void World::replace(const std::string& account, const snapshot::Document& document) {
    const DocumentSet documents({document}, targets_for(account));
    refuse_foreign_members(documents, account);
    rebuild(account, documents, false);
    if (account.empty()) active_accounts_.clear();
    record(account);
}

void World::add(const std::string& account, const snapshot::Document& document) {
    const DocumentSet documents({document}, targets_for(account));
    refuse_foreign_members(documents, account);
    std::vector<FixtureProblem> problems;
    snapshot::SettingsSections sections = documents.sections(problems);
    refuse_contradictions(sections, tenants_);
    TenantSettings next = settings_without("");
    apply_sections(next, sections, {}, problems);
    lifecycle::ClockReadings readings(next.clocks);
    Reading reading = documents.resources({next.plans, readings});
    problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
    if (!problems.empty()) throw BadDocuments(std::move(problems));
    refuse_others(store_, reading.fixtures, readings);
    storage::sqlite::Transaction transaction = store_.begin();
    insert(std::move(reading.fixtures), readings);
    tenants_.clocks = next.clocks;
    tenants_.plans = next.plans;
    tenants_.quotas = next.quotas;
    for (auto& [owner, section] : sections) {
        std::vector<rules::Rule> rules = rules_in(std::move(section));
        if (!rules.empty()) static_cast<void>(tenants_.rules_of(owner).add(std::move(rules)));
        keep(store_.settings(), tenants_, owner);
    }
    transaction.commit();
    may_all_have_changed_ = true;
    record(account);
}

std::string World::document(const std::string& account) {
    lifecycle::ClockReadings readings(clocks());
    return snapshot::write_document(store_, readings, account, settings().status_names,
                                    settings_json_of(tenants_, account));
}

Changed World::take_changed() {
    return {std::exchange(may_all_have_changed_, false), store_.resources().take_changed(),
            std::exchange(rebuilt_, {})};
}

TenantSettings World::fresh_settings() const {
    const std::uint64_t seed = config_.settings.plan.seed;
    return {lifecycle::Clocks(config_.clock),
            lifecycle::PlanOverrides(config_.settings.plan, config_.settings.working_kinds),
            seed,
            {},
            resources::QuotaOverrides(config_.settings.are_quotas_enforced)};
}

/// The same clocks and plans but for an account's own, and no rules.
TenantSettings World::settings_without(const std::string& account) const {
    TenantSettings conditions = fresh_settings();
    conditions.clocks = tenants_.clocks;
    conditions.plans = tenants_.plans;
    conditions.quotas = tenants_.quotas;
    if (!account.empty()) conditions.forget(account);
    return conditions;
}

void World::rebuild(const std::string& account, const DocumentSet& documents, bool applies_clock_flag) {
    TenantSettings next = account.empty() ? fresh_settings() : settings_without(account);
    StoredSettings stored;
    if (applies_clock_flag)
        apply_clock_flag(stored, account.empty() ? config_.accounts : std::vector<std::string>{account});
    Reading reading = read_under(documents, next, stored);
    if (!account.empty()) {
        std::erase_if(reading.fixtures, [&](const Fixture& each) { return each.record.owner.account != account; });
    }
    lifecycle::ClockReadings readings(next.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    clear_resources(account);
    account.empty() ? store_.settings().clear() : store_.settings().clear(account);
    insert(std::move(reading.fixtures), readings);
    if (account.empty()) {
        keep_all(store_.settings(), next);
    } else {
        keep(store_.settings(), next, account);
    }
    transaction.commit();
    adopt(account, std::move(next));
}

void World::insert(std::vector<Fixture> fixtures, lifecycle::ClockReadings& readings) {
    const std::uint64_t seed = settings().plan.seed;
    for (std::string& note : snapshot::load(store_, std::move(fixtures), seed, readings))
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
void World::apply_clock_flag(StoredSettings& stored, const std::vector<std::string>& copies) const {
    if (!config_.is_clock_given) return;
    stored.clocks.insert("");
    stored.clocks.insert(copies.begin(), copies.end());
}

void World::adopt(const std::string& account, TenantSettings next) {
    may_all_have_changed_ = true;
    rebuilt_.push_back(account);
    clock_checkpoint_ = {};
    if (account.empty()) {
        tenants_ = std::move(next);
        return;
    }
    tenants_.forget(account);
    tenants_.clocks = next.clocks;
    tenants_.plans = next.plans;
    tenants_.quotas = next.quotas;
    if (auto own = next.rules.extract(account)) tenants_.rules.insert(std::move(own));
}

}  // namespace plocal::world
