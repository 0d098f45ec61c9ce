#include "server/service/resources/life.h"

#include <optional>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/lifecycle/timeline_work.h"

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

}  // namespace

LifeRules life_rules(const Context& context) {
    return {context.hooks, context.settings.plan.seed};
}

void save_life(storage::Store& store, const LifeRules& rules, Record& record, Instant now) {
    derive(rules, record, now);
    store.resources().save(record);
}

bool insert_life(storage::Store& store, const LifeRules& rules, Record& record,
                 const std::vector<storage::Reference>& references, Instant now) {
    derive(rules, record, now);
    return store.resources().insert(record, references);
}

bool stage_life(storage::Store& store, const LifeRules& rules,
                const std::function<std::int64_t(const Record&)>& layer_of, Record& record,
                const std::vector<storage::Reference>& references, Instant now) {
    derive(rules, record, now);
    return store.resources().stage(layer_of(record), record, references);
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
