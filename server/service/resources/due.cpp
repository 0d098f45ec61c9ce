#include "server/service/resources/due.h"

#include <algorithm>
#include <utility>

#include "server/model/service.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/delete.h"
#include "server/service/resources/life.h"
#include "server/service/resources/lookup.h"
#include "server/service/resources/resource_view.h"

namespace plocal::resources {
namespace {

using base::Instant;
using base::Json;
using storage::Record;

/// Removes the references that a finished update has replaced. While an update is in progress, the resource keeps the
/// old and the new ones.
void apply_update(Context& context, Record& record) {
    const Kind& kind = kind_named(record.kind);
    Json members = value_of(context, record);
    record.parent = parent_in(kind, members);
    std::vector<std::string> referenced = referenced_arns(kind, members);
    if (!lifecycle::is_terminal(status_of(context, record))) {
        members.update(base::parse_json(record.update));
        for (std::string& each : referenced_arns(kind, members)) referenced.push_back(std::move(each));
    }
    std::vector<storage::Reference> references = context.store.resources().references(record.arn);
    std::erase_if(references, [&referenced](const storage::Reference& each) {
        return std::ranges::find(referenced, each.arn) == referenced.end();
    });
    context.store.resources().replace_references(record.id, references);
    record.due.reset();
}

const model::Operation& operation_of(const DueHook& hook) {
    const auto& operations = model::personalize().operations();
    return hook.operation.empty() ? operations.front() : *model::personalize().operation(hook.operation);
}

void run_one(const DueContext& due, lifecycle::ClockReadings& readings, Record& record, Instant now) {
    const DueHook& hook = due.hooks.of(record.kind).due;
    Context context{.store = due.store,
                    .settings = due.settings,
                    .operation = operation_of(hook),
                    .scope = {},
                    .readings = readings,
                    .plans = due.plans,
                    .quotas = due.quotas,
                    .hooks = due.hooks,
                    .plan_change = {},
                    .origin = std::string(lifecycle::cause_timer),
                    .notes = due.notes};
    try {
        hook.run != nullptr ? hook.run(context, record, now) : apply_update(context, record);
    } catch (const model::ApiError& error) {
        due.notes.push_back(record.arn + ": " + error.message());
        record.due.reset();
    }
    save_after_due(due.store, record);
}

bool is_deleted(const Record& record, Instant now) {
    return !record.timeline.steps.empty() && lifecycle::state_at(record.timeline, now).status == lifecycle::deleted;
}

}  // namespace

void run_due(const DueContext& due, lifecycle::ClockReadings& readings) {
    std::vector<std::string> accounts;
    for (const auto& [account, moment] : due.store.due().earliest()) {
        if (moment <= readings.now_of(account)) accounts.push_back(account);
    }
    if (accounts.empty()) return;
    lifecycle::ClockReadings at_due_moment(readings);
    storage::sqlite::Transaction transaction = due.store.begin();
    for (const std::string& account : accounts) {
        const Instant now = readings.now_of(account);
        while (std::optional<Record> record = due.store.due().first(account, now)) {
            at_due_moment.fix_at(*record->due);
            is_deleted(*record, now) ? erase(due.store, *record) : run_one(due, at_due_moment, *record, now);
        }
    }
    transaction.commit();
}

}  // namespace plocal::resources
