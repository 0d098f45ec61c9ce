#include "server/local/world/world.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "server/local/snapshot/writer.h"
#include "server/local/world/clock_setting.h"
#include "server/local/world/metered_services.h"
#include "server/local/world/rules_setting.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/due.h"

namespace plocal::world {

using lifecycle::Clock;
using snapshot::DocumentSet;
using snapshot::Fixture;
using snapshot::FixtureProblem;
using snapshot::Reading;
using storage::LayerUse;

namespace {

void run(Loading loading) {
    while (loading.step()) continue;
}

}  // namespace

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
    ReadDocuments read = read_under(documents, tenants_, stored);
    Loading::Plan loading = plan(settings_for_reading(), std::move(read.reading.fixtures),
                                 is_new ? LayerUse::restorable : LayerUse::plain, std::nullopt);
    loading.finish = [&](Loading::Plan& done) {
        show(done, [this] { store_all_settings(store_.settings(), tenants_); });
        if (is_new) note_restorable("", done, std::move(read.sections));
    };
    run(Loading(std::move(loading)));
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

void World::run_due(lifecycle::ClockReadings& readings) {
    resources::run_due({store_, settings(), tenants_.plans, tenants_.quotas, operations::hooks(), notes_}, readings);
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
    Loading::Plan loading = plan(std::move(next), std::move(fixtures), LayerUse::plain, account);
    loading.finish = [&](Loading::Plan& done) {
        show(done, [&] { world::store_setting(store_.settings(), clock_setting(), *done.settings, account); });
        tenants_.clocks = done.settings->clocks;
        clock_checkpoint_.forget(account);
        rebuilt_.push_back(account);
    };
    run(Loading(std::move(loading)));
}

Loading World::reset(const std::string& account, bool with_fixtures) {
    snapshot::TargetAccounts targets = targets_for(account);
    if (account.empty()) targets.accounts = config_.accounts;
    const SettingKeys fixed = settings_fixed_by_flags(targets.accounts);
    const auto note = [this, account, with_fixtures] {
        baseline_.reset(account, with_fixtures, config_.accounts);
        if (account.empty()) {
            journal_.clear();
            active_accounts_.clear();
        } else {
            journal_.clear(account);
            active_accounts_.erase(account);
        }
    };
    const std::vector<snapshot::Document> none;
    if (!with_fixtures) {
        return rebuild(account, DocumentSet(none, targets), LayerUse::plain, settings_without(account), fixed, note);
    }
    if (auto restored = restore(account, fixed, note)) return *std::move(restored);
    return rebuild(account, DocumentSet(config_.documents, targets), LayerUse::restorable, settings_without(account),
                   fixed, note);
}

/// Goes back to what a former reset has loaded, where that is still there. Returns nothing where it is not.
std::optional<Loading> World::restore(const std::string& account, const SettingKeys& fixed,
                                      const std::function<void()>& note) {
    const snapshot::SettingsSections* const sections = restorables_.sections(account);
    if (sections == nullptr) return std::nullopt;
    TenantSettings next = settings_without(account);
    std::vector<FixtureProblem> ignored;  // there were none when the sections were read
    apply_sections(next, *sections, fixed, ignored);
    const Restorable* const restorable = restorables_.find(account, store_.layers().live(), next.clocks);
    if (restorable == nullptr) return std::nullopt;
    Loading::Plan loading = plan(std::move(next), {}, LayerUse::restorable, account);
    for (const auto& [owner, part] : restorable->parts) loading.staging->spare(part.layer);
    loading.finish = [this, account, note](Loading::Plan& done) {
        finish(done, account);
        note();
    };
    return Loading(std::move(loading));
}

Loading World::replace(const std::string& account, const snapshot::Document& document) {
    const DocumentSet documents({document}, targets_for(account));
    refuse_foreign_members(documents, account);
    return rebuild(account, documents, LayerUse::plain, settings_without(account), {}, [this, account] {
        if (account.empty()) active_accounts_.clear();
        active_accounts_.insert(account);
    });
}

Loading World::add(const std::string& account, const snapshot::Document& document) {
    const DocumentSet documents({document}, targets_for(account));
    refuse_foreign_members(documents, account);
    std::vector<FixtureProblem> problems;
    snapshot::SettingsSections sections = documents.sections(known_settings(), problems);
    refuse_contradictions(sections, tenants_);
    TenantSettings next = settings_for_reading();
    apply_sections(next, sections, {}, problems);
    lifecycle::ClockReadings readings(next.clocks);
    Reading reading = documents.resources({next.plans, readings, known_settings().names});
    problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
    if (!problems.empty()) throw BadDocuments(std::move(problems));
    refuse_others(store_, reading.fixtures, readings);
    Loading::Plan loading = plan(std::move(next), std::move(reading.fixtures), LayerUse::plain, std::nullopt);
    loading.finish = [this, account, sections = std::move(sections)](Loading::Plan& done) {
        refuse_contradictions(sections, tenants_);
        show(done, [&] {
            add_sections(tenants_, *done.settings, sections);
            for (const auto& [owner, section] : sections) store_settings(store_.settings(), tenants_, owner);
        });
        active_accounts_.insert(account);
    };
    return Loading(std::move(loading));
}

void World::sweep() {
    constexpr std::size_t most_rows = 500;
    storage::sqlite::Transaction transaction = store_.begin();
    store_.layers().sweep(most_rows);
    transaction.commit();
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

/// The present settings without those of an account, or those of the start for "".
TenantSettings World::settings_without(const std::string& account) const {
    if (account.empty()) return fresh_settings();
    TenantSettings settings = settings_for_reading();
    forget_settings(settings, account);
    return settings;
}

Loading World::rebuild(const std::string& account, const DocumentSet& documents, LayerUse use, TenantSettings next,
                       const SettingKeys& fixed, std::function<void()> note) {
    ReadDocuments read = read_under(documents, next, fixed);
    const auto is_foreign = [&account](const Fixture& each) { return each.record.owner.account != account; };
    if (!account.empty()) std::erase_if(read.reading.fixtures, is_foreign);
    Loading::Plan loading = plan(std::move(next), std::move(read.reading.fixtures), use, account);
    loading.finish = [this, account, use, sections = std::move(read.sections),
                      note = std::move(note)](Loading::Plan& done) {
        finish(done, account);
        if (use == LayerUse::restorable) note_restorable(account, done, sections);
        note();
    };
    return Loading(std::move(loading));
}

void World::finish(Loading::Plan& plan, const std::string& account) {
    TenantSettings& next = *plan.settings;
    show(plan, [&] {
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

Loading::Plan World::plan(TenantSettings settings, std::vector<Fixture> fixtures, LayerUse use,
                          std::optional<std::string> displaced) {
    Loading::Plan plan;
    plan.settings = std::make_unique<TenantSettings>(std::move(settings));
    plan.readings = std::make_unique<lifecycle::ClockReadings>(plan.settings->clocks);
    plan.reading.fixtures = std::move(fixtures);
    plan.staging = std::make_unique<Staging>(store_, life_rules(), use, std::move(displaced));
    return plan;
}

void World::note_restorable(const std::string& account, const Loading::Plan& plan,
                            snapshot::SettingsSections sections) {
    Restorable restorable{.parts = {}, .sections = std::move(sections)};
    restorable.depends_on_moment = plan.staging->depends_on_moment();
    restorable.parts = plan.shown;
    restorables_.note(account, std::move(restorable));
}

/// Makes what is staged visible, and stores settings in the same transaction.
void World::show(Loading::Plan& plan, const std::function<void()>& store) {
    storage::sqlite::Transaction transaction = store_.begin();
    plan.staging->show();
    store();
    transaction.commit();
    for (const auto& [account, layer] : plan.staging->keep()) {
        plan.shown[account] = {layer, plan.readings->now_of(account)};
    }
    std::ranges::move(plan.staging->notes(), std::back_inserter(notes_));
    may_all_have_changed_ = true;
}

}  // namespace plocal::world
