#include "server/local/world/world.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "server/local/world/clock_setting.h"
#include "server/local/world/metered_services.h"
#include "server/local/world/rules_setting.h"
#include "server/service/operations/registry.h"

namespace plocal::world {

using lifecycle::Clock;

World::World(storage::Store& store, WorldConfig config)
    : store_(store),
      config_(std::move(config)),
      tenants_(fresh_settings(config_)),
      journal_(config_.journal_capacity),
      events_(config_.journal_capacity),
      plans_(store_, config_, life_rules()) {
    const bool is_new = store_.counts().by_kind().empty();
    SettingKeys fixed = resume_settings(store_.settings(), tenants_, settings_fixed_by_flags(config_, {}), notes_);
    fixed.insert_all(settings_fixed_by_flags(config_, config_.accounts));
    Load load = plans_.at_start(std::move(tenants_), fixed, is_new);
    load.finish = [this, is_new](Load& done) {
        show(done, [&] { store_all_settings(store_.settings(), *done.settings); });
        tenants_ = std::move(*done.settings);
        plans_.note_start(done, is_new);
    };
    // No request can come in between yet.
    storage::sqlite::TransactionGroup group = store_.begin_group();
    Loading(std::move(load)).run();
    group.commit();
    if (!is_new) active_accounts_.emplace();
}

telemetry::Metrics& World::metrics() {
    if (!metrics_) metrics_.emplace(metered_services());
    return *metrics_;
}

void World::fall_back() {
    TenantSettings stored = fresh_settings(config_);
    resume_settings(store_.settings(), stored, {}, notes_);
    tenants_ = std::move(stored);
    clock_checkpoint_ = {};
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

bool World::sets_clock_back(const std::string& account, const ClockChange& change) {
    return change.now && *change.now < tenants_.clocks.of(account).now();
}

void World::put_clock(const std::string& account, const ClockChange& change) {
    adopt_clock(account, change.applied_to(tenants_.clocks.of(account)));
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

Loading World::set_clock_back(const std::string& account, const ClockChange& change) {
    refuse_activity(account);
    const Clock clock = change.applied_to(tenants_.clocks.of(account));
    TenantSettings next = settings_for_reading();
    next.clocks.put(account, clock);
    Load load = plans_.for_clock(account, std::move(next));
    load.finish = [this, account, clock, switches = store_.switches()](Load& done) {
        refuse_activity(account);
        if (store_.switches() != switches) throw Conflict("other resources have been loaded meanwhile", "/now");
        show(done, [&] { world::store_setting(store_.settings(), clock_setting(), *done.settings, account); });
        tenants_.clocks.put(account, clock);
        clock_checkpoint_.forget(account);
        rebuilt_.push_back(account);
    };
    return Loading(std::move(load));
}

Loading World::reset(const std::string& account, bool with_fixtures) {
    Load load = plans_.for_reset(account, with_fixtures, [&] { return settings_without(account); });
    load.finish = [this, account, with_fixtures](Load& done) {
        replace_settings(account, done);
        plans_.note_reset(account, with_fixtures, done);
        if (account.empty()) {
            journal_.clear();
            events_.clear();
            active_accounts_.clear();
        } else {
            journal_.clear(account);
            events_.clear(account);
            active_accounts_.erase(account);
        }
    };
    if (!load.is_restoring) return Loading(std::move(load));
    load.finish(load);  // at once: what it goes back to must not be displaced meanwhile
    return {};
}

Loading World::replace(const std::string& account, const snapshot::Document& document) {
    Load load = plans_.for_replacement(account, document, settings_without(account));
    load.finish = [this, account](Load& done) {
        replace_settings(account, done);
        if (account.empty()) active_accounts_.clear();
        active_accounts_.insert(account);
    };
    return Loading(std::move(load));
}

Loading World::add(const std::string& account, const snapshot::Document& document) {
    Load load = plans_.for_addition(account, document, settings_for_reading(), tenants_);
    load.finish = [this, account](Load& done) {
        refuse_contradictions(done.sections, tenants_);
        show(done, [&] {
            add_sections(tenants_, *done.settings, done.sections);
            for (const auto& [owner, section] : done.sections) store_settings(store_.settings(), tenants_, owner);
        });
        active_accounts_.insert(account);
    };
    return Loading(std::move(load));
}

/// Makes what is staged visible, and replaces the settings of an account, or all of them.
void World::replace_settings(const std::string& account, Load& load) {
    TenantSettings& next = *load.settings;
    show(load, [&] {
        account.empty() ? store_.settings().clear() : store_.settings().clear(account);
        account.empty() ? store_all_settings(store_.settings(), next)
                        : store_settings(store_.settings(), next, account);
    });
    rebuilt_.push_back(account);
    clock_checkpoint_ = {};
    if (account.empty()) {
        tenants_ = std::move(next);
    } else {
        adopt_settings(tenants_, next, account);
    }
}

/// Makes what is staged visible, and stores settings in the same transaction.
void World::show(Load& load, const std::function<void()>& store_settings) {
    storage::sqlite::Transaction transaction = store_.begin();
    load.staging->show();
    store_settings();
    transaction.commit();
    for (const StagedLayer& each : load.staging->keep()) {
        Restorable::Part& part = load.shown[each.account];
        (each.is_moving ? part.moving : part.layer) = each.id;
        part.loaded_at = load.readings->now_of(each.account);
    }
    std::ranges::move(load.staging->notes(), std::back_inserter(notes_));
    may_all_have_changed_ = true;
}

void World::sweep() {
    storage::sqlite::Transaction transaction = store_.begin();
    store_.layers().sweep(static_cast<std::size_t>(config_.settings.due.slice_pieces));
    transaction.commit();
}

void World::note_request(const std::string& account, const rules::Rule* fired) {
    active_accounts_.insert(account);
    if (store_.path() == ":memory:") return;
    for (const std::string& each : {account, std::string()}) {
        rules::RuleBook* const book = tenants_.rules.find(each);
        const bool has_fired = book != nullptr && fired != nullptr && book->find(fired->id) == fired;
        if (book == nullptr || !(book->has_changed() || has_fired)) continue;
        store_setting(rules_setting(), each);
        book->note_stored();
    }
}

void World::keep_clock(const std::string& account) {
    if (store_.path() == ":memory:") return;
    for (const std::string& each : {account, std::string()}) {
        if (each.empty() || tenants_.clocks.has_own(each))
            clock_checkpoint_.store_ahead(store_.settings(), tenants_, each);
    }
}

Changed World::take_changed() {
    return {std::exchange(may_all_have_changed_, false), store_.resources().take_changed(),
            std::exchange(rebuilt_, {})};
}

/// The present settings, without rules.
TenantSettings World::settings_for_reading() const {
    return {static_cast<const ReadingSettings&>(tenants_), rules::RuleBooks(config_.settings.plan.seed)};
}

bool World::has_activity(std::string_view account) const {
    return account.empty() ? !active_accounts_.empty()
                           : active_accounts_.contains(account) || active_accounts_.contains("");
}

void World::refuse_activity(const std::string& account) const {
    if (has_activity(account)) throw Conflict("something has been recorded", "/now");
}

/// The present settings without those of an account, or those of the start for "".
TenantSettings World::settings_without(const std::string& account) const {
    if (account.empty()) return fresh_settings(config_);
    TenantSettings settings = settings_for_reading();
    forget_settings(settings, account);
    return settings;
}

}  // namespace plocal::world
