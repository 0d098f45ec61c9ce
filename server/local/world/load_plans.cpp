#include "server/local/world/load_plans.h"

#include <memory>
#include <utility>
#include <vector>

#include "server/local/world/import_checks.h"

namespace plocal::world {

using snapshot::DocumentSet;
using snapshot::FixtureProblem;
using storage::LayerUse;

namespace {

using Apply = std::function<void(Load&, const DocumentSet&, std::vector<FixtureProblem>&)>;

/// Applies the settings of the documents, but for those that are `fixed`.
Apply apply_settings(SettingKeys fixed) {
    return [fixed = std::move(fixed)](Load& load, const DocumentSet&, std::vector<FixtureProblem>& problems) {
        apply_sections(*load.settings, load.sections, fixed, problems);
    };
}

}  // namespace

LoadPlans::LoadPlans(storage::Store& store, const WorldConfig& config, const resources::LifeRules& life)
    : store_(store),
      config_(config),
      life_(life),
      copies_(config.accounts.begin(), config.accounts.end()),
      restorables_(store.layers()) {}

Load LoadPlans::load_of(TenantSettings settings, StagingRules rules) {
    Load load;
    load.settings = std::make_unique<TenantSettings>(std::move(settings));
    load.staging = std::make_unique<Staging>(store_, life_, std::move(rules));
    return load;
}

Load LoadPlans::at_start(TenantSettings settings, const SettingKeys& fixed, bool is_new) {
    Load load = load_of(std::move(settings), {.use = is_new ? LayerUse::restorable : LayerUse::plain});
    load.documents = config_.documents;
    load.targets = {.as_written = true, .accounts = config_.accounts};
    load.apply = apply_settings(fixed);
    return load;
}

Load LoadPlans::for_reset(const std::string& account, bool with_fixtures,
                          const std::function<TenantSettings()>& settings) {
    const snapshot::TargetAccounts targets = targets_of_reset(account);
    const SettingKeys fixed = settings_fixed_by_flags(config_, targets.accounts);
    if (with_fixtures) {
        if (auto load = restoring(account, settings(), fixed)) return *std::move(load);
    }
    Load load = load_of(settings(), {.use = LayerUse::restorable, .displaced = account});
    if (with_fixtures) load.documents = config_.documents;
    const Restorable* const common = account.empty() ? nullptr : restorables_.find("");
    if (common != nullptr) load.rows = common->rows;
    load.targets = targets;
    if (!account.empty()) load.is_wanted = [account](std::string_view owner) { return owner == account; };
    load.apply = apply_settings(fixed);
    return load;
}

/// Returns a load that shows what a former reset has loaded, if there was one, and drops all else. It loads again at
/// most what is another resource now.
std::optional<Load> LoadPlans::restoring(const std::string& account, TenantSettings settings,
                                         const SettingKeys& fixed) {
    const Restorable* const restorable = restorables_.find(account);
    if (restorable == nullptr) return std::nullopt;
    std::vector<FixtureProblem> none;  // there were none when the sections were read
    apply_sections(settings, restorable->sections, fixed, none);
    const bool is_restoring = is_at_its_moment(*restorable, settings.clocks);
    if (!is_restoring && !restorable->moving->are_all_kept()) return std::nullopt;
    Load load =
        load_of(std::move(settings), {.use = LayerUse::restorable, .displaced = account, .knows_references = true});
    for (const auto& [owner, part] : restorable->parts) {
        if (part.layer != 0) load.staging->spare(part.layer);
        if (part.moving != 0 && is_restoring) load.staging->spare(part.moving);
    }
    load.is_restoring = is_restoring;
    if (!is_restoring) load.moving = restorable->moving;
    load.apply = [](Load&, const DocumentSet&, std::vector<FixtureProblem>&) {};
    return load;
}

Load LoadPlans::for_clock(const std::string& account, TenantSettings settings) {
    Load load = load_of(std::move(settings), {.displaced = account});
    load.documents = config_.documents;
    load.targets.as_written = is_as_written_;
    for (const std::string& copy : copies_) {
        if (account.empty() || copy == account) load.targets.accounts.push_back(copy);
    }
    load.is_wanted = [this, account](std::string_view owner) {
        return (account.empty() || owner == account) && (copies_.contains(owner) || !emptied_.contains(owner));
    };
    load.apply = [](Load&, const DocumentSet&, std::vector<FixtureProblem>&) {};
    return load;
}

Load LoadPlans::for_replacement(const std::string& account, const snapshot::Document& document,
                                TenantSettings settings) {
    Load load = load_of(std::move(settings), {.displaced = account});
    load.documents = {document};
    load.targets = targets_for(account);
    if (!account.empty()) load.is_wanted = [account](std::string_view owner) { return owner == account; };
    load.apply = [account](Load& of, const DocumentSet& documents, std::vector<FixtureProblem>& problems) {
        refuse_foreign_members(documents, account);
        apply_sections(*of.settings, of.sections, {}, problems);
    };
    return load;
}

Load LoadPlans::for_addition(const std::string& account, const snapshot::Document& document, TenantSettings settings,
                             TenantSettings& tenants) {
    Load load = load_of(std::move(settings), {.refuses_others = true});
    load.documents = {document};
    load.targets = targets_for(account);
    load.apply = [account, &tenants](Load& of, const DocumentSet& documents, std::vector<FixtureProblem>& problems) {
        refuse_foreign_members(documents, account);
        refuse_contradictions(of.sections, tenants);
        apply_sections(*of.settings, of.sections, {}, problems);
    };
    return load;
}

snapshot::TargetAccounts LoadPlans::targets_of_reset(const std::string& account) const {
    snapshot::TargetAccounts targets = targets_for(account);
    if (account.empty()) targets.accounts = config_.accounts;
    return targets;
}

void LoadPlans::note_start(const Load& load, bool is_new) {
    if (is_new) note_restorable("", load);
}

void LoadPlans::note_restorable(const std::string& account, const Load& load) {
    restorables_.note(account, {.parts = load.shown,
                                .rows = load.rows,
                                .sections = load.sections,
                                .moving = std::make_shared<const MovingFixtures>(load.staging->take_moving())});
}

void LoadPlans::note_reset(const std::string& account, bool with_fixtures, const Load& load) {
    if (load.moving) {
        restorables_.note_moving(account, load.shown);
    } else if (with_fixtures && !load.is_restoring) {
        note_restorable(account, load);
    }
    if (account.empty()) {
        restorables_.forget_accounts();
        is_as_written_ = with_fixtures;
        copies_.clear();
        emptied_.clear();
        if (with_fixtures) copies_.insert(config_.accounts.begin(), config_.accounts.end());
        return;
    }
    copies_.erase(account);
    emptied_.erase(account);
    (with_fixtures ? copies_ : emptied_).insert(account);
}

}  // namespace plocal::world
