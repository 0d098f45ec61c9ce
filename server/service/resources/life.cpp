#include "server/service/resources/life.h"

#include <optional>

#include "server/base/json.h"
#include "server/base/json_scanner.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/lifecycle/timeline_work.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/lookup.h"

namespace plocal::resources {
namespace {

using base::Instant;
using storage::Record;

void derive(const LifeRules& rules, Record& record, Instant now) {
    const bool was_deleting = record.stable.status == lifecycle::deleted;
    record.stable = lifecycle::stable_state_of(record.timeline, now);
    const Instant stable_at = record.stable.at.value_or(now);
    record.work = lifecycle::work_start(record.timeline, now);
    const DueHook& hook = rules.hooks.of(record.kind).due;
    if (record.stable.status == lifecycle::deleted) {
        record.due = stable_at;
    } else if (hook.next != nullptr) {
        if (was_deleting) record.due.reset();
        record.due = hook.next(record, rules.seed, stable_at);
    } else {
        record.due = record.update.empty() ? std::nullopt : std::optional(stable_at);
    }
}

/// A training that begins at this moment by a request or a command knows what is there now: other rows may come in the
/// same millisecond. For those that begin by the clock, the moments of batches tell what they know.
void note_training(storage::Store& store, const Record& record, Instant now) {
    if (!kind_named(record.kind).is_trained) return;
    const auto start = training_start(record, record.stable.at.value_or(now));
    if (!start) return store.trainings().expect_none(record.arn);
    if (*start > now) return store.trainings().expect(trained_resource(store, record), *start);
    const auto trained = store.trainings().find(record.arn);
    if (*start < now || (trained && trained->at == now)) return;
    const storage::TrainedResource resource = trained_resource(store, record);
    store.trainings().put(resource, {store.row_sets().revision(resource.dataset_group), now});
}

}  // namespace

storage::TrainedResource trained_resource(storage::Store& store, const Record& record) {
    if (const auto group = base::member_text(record.document, "datasetGroupArn")) {
        return {record.arn, base::string_of(*group).value_or(""), record.owner.account};
    }
    const FindRecord find = [&store](std::string_view arn) { return store.resources().find(arn); };
    return {record.arn, inherited_text(record, "datasetGroupArn", find), record.owner.account};
}

std::optional<storage::Training> stored_training(storage::Store& store, const Record& record) {
    auto training = store.trainings().find(record.arn);
    // One that is older belongs to an earlier resource of the same ARN.
    return training && training->at >= record.created ? training : std::nullopt;
}

std::optional<storage::Training> known_training(storage::Store& store, const Record& record, Instant now) {
    if (!kind_named(record.kind).is_trained) return std::nullopt;
    const std::string group = trained_resource(store, record).dataset_group;
    if (store.row_sets().revision(group) == 0) return std::nullopt;
    if (auto stored = stored_training(store, record)) return stored;
    const auto start = training_start(record, now);
    const bool is_given = record.timeline.origin == lifecycle::cause_fixture && start == record.timeline.changed;
    if (!start || is_given) return std::nullopt;
    return storage::Training{store.row_sets().revision_before(group, *start), *start};
}

std::optional<Instant> training_start(const Record& record, Instant now) {
    if (!kind_named(record.kind).is_trained) return std::nullopt;
    for (const lifecycle::StatusChange& change : lifecycle::history(record.timeline, now)) {
        if (change.status == lifecycle::create_in_progress) return change.at;
    }
    return std::nullopt;
}

LifeRules life_rules(const Context& context) {
    return {context.hooks, context.settings.plan.seed};
}

void save_life(storage::Store& store, const LifeRules& rules, Record& record, Instant now) {
    derive(rules, record, now);
    store.resources().save(record);
    note_training(store, record, now);
}

bool insert_life(storage::Store& store, const LifeRules& rules, Record& record,
                 const std::vector<storage::Reference>& references, Instant now) {
    derive(rules, record, now);
    if (!store.resources().insert(record, references)) return false;
    note_training(store, record, now);
    return true;
}

std::vector<storage::NewResource> stage_lives(storage::Store& store, const LifeRules& rules,
                                              const std::function<std::int64_t(const StagedLife&)>& layer_of,
                                              std::span<const StagedLife> lives) {
    std::vector<storage::NewResource> resources;
    resources.reserve(lives.size());
    for (const StagedLife& life : lives) {
        derive(rules, life.record, life.now);
        resources.push_back({layer_of(life), &life.record, &life.references});
    }
    store.resources().stage(resources);
    return resources;
}

void save_after_due(storage::Store& store, const Record& record) {
    store.resources().save(record);
}

std::optional<Instant> latest_stable(storage::Store& store, std::string_view account) {
    static const std::vector<std::string_view> removed_with_parent = [] {
        std::vector<std::string_view> names;
        for (const Kind& kind : kinds()) {
            if (kind.removed_with_parent) names.push_back(kind.name);
        }
        return names;
    }();
    return store.counts().latest_stable(account, removed_with_parent);
}

}  // namespace plocal::resources
