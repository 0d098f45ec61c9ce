#include "server/local/world/world.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "server/local/snapshot/loader.h"
#include "server/local/snapshot/writer.h"
#include "server/local/world/clock_setting.h"
#include "server/local/world/metered_services.h"
#include "server/local/world/rules_setting.h"
#include "server/service/operations/registry.h"

namespace plocal::world {

using lifecycle::Clock;
using snapshot::DocumentSet;
using snapshot::Fixture;
using snapshot::FixtureProblem;
using snapshot::Reading;

World::World(storage::Store& store, WorldConfig config)
    : store_(store),
      config_(std::move(config)),
      tenants_(fresh_settings()),
      journal_(config_.journal_capacity),
      metrics_(metered_services()) {
    const bool is_new = store_.counts().by_kind().empty();
    SettingKeys stored = resume_settings(store_.settings(), tenants_, settings_fixed_by_flags({}), notes_);
    stored.insert_all(settings_fixed_by_flags(config_.accounts));
    baseline_.copies.insert(config_.accounts.begin(), config_.accounts.end());
    const DocumentSet documents(config_.documents, {.as_written = true, .accounts = config_.accounts});
    Reading reading = read_under(documents, tenants_, stored);
    lifecycle::ClockReadings readings(tenants_.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    insert(std::move(reading.fixtures), readings);
    store_all_settings(store_.settings(), tenants_);
    transaction.commit();
    if (!is_new) active_accounts_.emplace();
}

void World::fall_back() {
    tenants_ = fresh_settings();
    resume_settings(store_.settings(), tenants_, {}, notes_);
}

void World::stop() {
    ClockCheckpoint::store_exactly(store_.settings(), tenants_);
}

void World::store_setting(const TenantSetting& setting, const std::string& account) {
    world::store_setting(store_.settings(), setting, tenants_, account);
}

void World::save(storage::Record& record, base::Instant now) {
    resources::save_life(store_, life_rules(), record, now);
    active_accounts_.insert(record.owner.account);
}

resources::LifeRules World::life_rules() const {
    return {operations::hooks(), settings().plan.seed};
}

bool World::put_clock(const std::string& account, const ClockChange& change) {
    Clock clock = tenants_.clocks.of(account);
    const base::Instant now = clock.now();
    const bool is_set_back = change.now && *change.now < now;
    if (is_set_back && has_activity(account)) return false;
    clock = change.applied_to(clock);
    if (is_set_back) {
        set_clock_back(account, clock);
    } else {
        adopt_clock(account, clock);
    }
    return true;
}

void World::jump_clock(const std::string& account, base::Instant moment) {
    Clock clock = tenants_.clocks.of(account);
    clock.jump_to(moment);
    adopt_clock(account, clock);
}

bool World::move_clock(const ClockMove& move, base::Instant moment, DueWork::RealTime end) {
    storage::sqlite::Transaction transaction = store_.begin();
    if (!move.clock.empty() && !tenants_.clocks.has_own(move.clock)) {
        jump_clock(move.clock, tenants_.clocks.of(move.clock).now());  // from here on it is the account's own
    }
    const resources::DueSlice slice = due_.run_until(move.clock, moment, end);
    const base::Instant now = tenants_.clocks.of(move.clock).now();  // a running clock may have passed the moment
    jump_clock(move.clock, std::max(now, slice.is_complete ? moment : slice.reached));
    transaction.commit();
    due_.committed(move.clock, slice);
    return slice.is_complete;
}

void World::adopt_clock(const std::string& account, const Clock& clock) {
    tenants_.clocks.put(account, clock);
    store_setting(clock_setting(), account);
    clock_checkpoint_.forget(account);
    may_all_have_changed_ = true;
}

void World::set_clock_back(const std::string& account, const Clock& clock) {
    TenantSettings next = settings_for_reading();
    next.clocks.put(account, clock);
    std::vector<Fixture> fixtures = baseline_.fixtures(account, config_.documents, next);
    lifecycle::ClockReadings readings(next.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    clear_resources(account);
    insert(std::move(fixtures), readings);
    world::store_setting(store_.settings(), clock_setting(), next, account);
    transaction.commit();
    tenants_.clocks = next.clocks;
    clock_checkpoint_.forget(account);
    may_all_have_changed_ = true;
    rebuilt_.push_back(account);
}

void World::reset(const std::string& account, bool with_fixtures) {
    const std::vector<snapshot::Document> none;
    snapshot::TargetAccounts targets = targets_for(account);
    if (account.empty()) targets.accounts = config_.accounts;
    rebuild(account, DocumentSet(with_fixtures ? config_.documents : none, targets),
            settings_fixed_by_flags(targets.accounts));
    baseline_.reset(account, with_fixtures, config_.accounts);
    if (account.empty()) {
        journal_.clear();
        active_accounts_.clear();
    } else {
        journal_.clear(account);
        active_accounts_.erase(account);
    }
}

void World::replace(const std::string& account, const snapshot::Document& document) {
    const DocumentSet documents({document}, targets_for(account));
    refuse_foreign_members(documents, account);
    rebuild(account, documents, {});
    if (account.empty()) active_accounts_.clear();
    active_accounts_.insert(account);
}

void World::add(const std::string& account, const snapshot::Document& document) {
    const DocumentSet documents({document}, targets_for(account));
    refuse_foreign_members(documents, account);
    std::vector<FixtureProblem> problems;
    const snapshot::SettingsSections sections = documents.sections(known_settings(), problems);
    refuse_contradictions(sections, tenants_);
    TenantSettings next = settings_for_reading();
    apply_sections(next, sections, {}, problems);
    lifecycle::ClockReadings readings(next.clocks);
    Reading reading = documents.resources({next.plans, readings, known_settings().names});
    problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
    if (!problems.empty()) throw BadDocuments(std::move(problems));
    refuse_others(store_, reading.fixtures, readings);
    storage::sqlite::Transaction transaction = store_.begin();
    insert(std::move(reading.fixtures), readings);
    add_sections(tenants_, next, sections);
    for (const auto& [owner, section] : sections) store_settings(store_.settings(), tenants_, owner);
    transaction.commit();
    may_all_have_changed_ = true;
    active_accounts_.insert(account);
}

std::string World::document(const std::string& account) {
    lifecycle::ClockReadings readings(tenants_.clocks);
    return snapshot::write_document(store_, readings, account, settings().status_names,
                                    settings_json(tenants_, account));
}

void World::note_request(const std::string& account, const rules::Rule* fired) {
    active_accounts_.insert(account);
    if (store_.path() == ":memory:") return;
    for (const std::string& each : {account, std::string()}) {
        rules::RuleBook* const book = tenants_.rules.find(each);
        const bool has_fired = book != nullptr && fired != nullptr && book->find(fired->id) == fired;
        if (book != nullptr && (book->take_changed() || has_fired)) store_setting(rules_setting(), each);
        if (each.empty() || tenants_.clocks.has_own(each))
            clock_checkpoint_.store_ahead(store_.settings(), tenants_, each);
    }
}

Changed World::take_changed() {
    return {std::exchange(may_all_have_changed_, false), store_.resources().take_changed(),
            std::exchange(rebuilt_, {})};
}

TenantSettings World::fresh_settings() const {
    const lifecycle::Plan& plan = config_.settings.plan;
    return {{lifecycle::Clocks(config_.clock), lifecycle::PlanOverrides(plan, config_.settings.working_kinds),
             resources::QuotaOverrides(config_.settings.are_quotas_enforced)},
            rules::RuleBooks(plan.seed)};
}

/// The present settings, without rules.
TenantSettings World::settings_for_reading() const {
    return {static_cast<const ReadingSettings&>(tenants_), rules::RuleBooks(config_.settings.plan.seed)};
}

/// A clock that was given at the start beats those of documents.
SettingKeys World::settings_fixed_by_flags(const std::vector<std::string>& accounts) const {
    SettingKeys fixed;
    if (!config_.is_clock_given) return fixed;
    fixed.insert(clock_setting(), "");
    for (const std::string& account : accounts) fixed.insert(clock_setting(), account);
    return fixed;
}

bool World::has_activity(std::string_view account) const {
    return account.empty() ? !active_accounts_.empty()
                           : active_accounts_.contains(account) || active_accounts_.contains("");
}

void World::rebuild(const std::string& account, const DocumentSet& documents, const SettingKeys& fixed) {
    TenantSettings next = account.empty() ? fresh_settings() : settings_for_reading();
    if (!account.empty()) forget_settings(next, account);
    Reading reading = read_under(documents, next, fixed);
    const auto is_foreign = [&account](const Fixture& each) { return each.record.owner.account != account; };
    if (!account.empty()) std::erase_if(reading.fixtures, is_foreign);
    lifecycle::ClockReadings readings(next.clocks);
    storage::sqlite::Transaction transaction = store_.begin();
    clear_resources(account);
    account.empty() ? store_.settings().clear() : store_.settings().clear(account);
    insert(std::move(reading.fixtures), readings);
    account.empty() ? store_all_settings(store_.settings(), next) : store_settings(store_.settings(), next, account);
    transaction.commit();
    may_all_have_changed_ = true;
    rebuilt_.push_back(account);
    clock_checkpoint_ = {};
    if (account.empty()) {
        tenants_ = std::move(next);
    } else {
        adopt_settings(tenants_, next, account);
    }
}

void World::insert(std::vector<Fixture> fixtures, lifecycle::ClockReadings& readings) {
    std::vector<std::string> notes = snapshot::load(store_, std::move(fixtures), settings().plan.seed, readings);
    std::ranges::move(notes, std::back_inserter(notes_));
}

void World::clear_resources(const std::string& account) {
    account.empty() ? store_.tags().clear() : store_.tags().clear(account);
    account.empty() ? store_.resources().clear() : store_.resources().clear(account);
}

}  // namespace plocal::world
