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
    if (store_.is_in_memory()) return;  // there no disk fails, and fast clocks are not stored
    TenantSettings stored = fresh_settings(config_);
    resume_settings(store_.settings(), stored, {}, notes_);
    tenants_ = std::move(stored);
    clock_checkpoint_ = {};
}

void World::stop() {
    ClockCheckpoint::store_exactly(store_.settings(), tenants_);
}

void World::store_setting(const TenantSetting& setting, const std::string& account) {
    if (&setting == &rules_setting()) changed_.rules.push_back(account);
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
    changed_.may_be_all = true;
    changed_.clocks.push_back(account);
}

void World::sweep() {
    storage::sqlite::Transaction transaction = store_.begin();
    store_.layers().sweep(static_cast<std::size_t>(config_.settings.due.slice_pieces));
    transaction.commit();
}

void World::note_request(const std::string& account, const rules::Rule* fired) {
    active_accounts_.insert(account);
    if (store_.is_in_memory()) return;
    for (const std::string& each : {account, std::string()}) {
        rules::RuleBook* const book = tenants_.rules.find(each);
        const bool has_fired = book != nullptr && fired != nullptr && book->find(fired->id) == fired;
        if (book == nullptr || !(book->has_changed() || has_fired)) continue;
        world::store_setting(store_.settings(), rules_setting(), tenants_, each);
        book->note_stored();
    }
}

void World::keep_clock(const std::string& account) {
    if (store_.is_in_memory()) return;
    for (const std::string& each : {account, std::string()}) {
        if (each.empty() || tenants_.clocks.has_own(each))
            clock_checkpoint_.store_ahead(store_.settings(), tenants_, each);
    }
}

Changed World::take_changed() {
    Changed changed = std::exchange(changed_, {});
    changed.arns = store_.resources().take_changed();
    return changed;
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
