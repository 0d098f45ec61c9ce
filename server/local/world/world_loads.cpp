// The loads that replace the resources of the world, or add to them.
#include <functional>
#include <iterator>
#include <memory>
#include <utility>

#include "server/local/world/clock_setting.h"
#include "server/local/world/rules_setting.h"
#include "server/local/world/world.h"

namespace plocal::world {

using lifecycle::Clock;

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
        changed_.rebuilt.push_back(account);
        changed_.clocks.push_back(account);
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
            runtime_.kept().drop_unused();
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
        if (account.empty()) {
            active_accounts_.clear();
            runtime_.kept().drop_unused();
        }
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
        for (const auto& [owner, section] : done.sections) {
            if (section.contains(clock_setting().name)) changed_.clocks.push_back(owner);
            if (section.contains(rules_setting().name)) changed_.rules.push_back(owner);
        }
        for (const auto& [owner, part] : done.shown) {
            changed_.layers.insert(changed_.layers.end(), {part.layer, part.moving});
        }
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
    changed_.rebuilt.push_back(account);
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
    changed_.may_be_all = true;
}

}  // namespace plocal::world
