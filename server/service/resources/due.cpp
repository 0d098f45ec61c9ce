#include "server/service/resources/due.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <queue>
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

/// Runs the due hook of a resource, or applies its update. Sets `record.due` to the next time.
void run_hook(const DueContext& due, lifecycle::ClockReadings& readings, Record& record, DueDone& done) {
    const DueHook& hook = due.hooks.of(record.kind).due;
    std::vector<std::string> notes;
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
                    .notes = notes};
    std::string_view counted = updates;
    try {
        if (hook.run == nullptr) {
            apply_update(context, record);
        } else {
            counted = hook.run(context, record);
        }
    } catch (const model::ApiError& error) {
        counted = {};
        notes.push_back(record.arn + ": " + error.message());
        record.due.reset();
    }
    if (!counted.empty()) ++done.counts[std::string(counted)];
    for (const std::string& note : notes) ++done.notes[note];
    save_after_due(due.store, record);
}

bool is_deleted(const Record& record, Instant now) {
    return !record.timeline.steps.empty() && lifecycle::state_at(record.timeline, now).status == lifecycle::deleted;
}

/// Does what is due of a resource, or a part of it: a deleted one stays due until all of its children are removed.
/// Returns true for a removal.
bool run_piece(const DueContext& due, lifecycle::ClockReadings& readings, Record& record, DueDone& done) {
    constexpr std::int64_t most_removed = 50;
    const Instant moment = *record.due;
    if (is_deleted(record, moment)) {
        const std::int64_t removed = erase_some(due.store, record, most_removed);
        done.pieces += removed;
        done.counts[std::string(removals)] += removed;
        return true;
    }
    readings.fix_at(moment);
    run_hook(due, readings, record, done);
    ++done.pieces;
    return false;
}

/// Accounts by a time that is not later than their first resource is due.
using Queue = std::priority_queue<std::pair<Instant, const DueAccount*>,
                                  std::vector<std::pair<Instant, const DueAccount*>>, std::greater<>>;

Queue queue_of(storage::Store& store, const std::vector<DueAccount>& accounts) {
    Queue queue;
    const auto& earliest = store.due().earliest();
    for (const DueAccount& each : accounts) {
        const auto found = earliest.find(each.account);
        if (found != earliest.end() && found->second <= each.until) queue.emplace(found->second, &each);
    }
    return queue;
}

}  // namespace

void DueDone::add(const DueDone& more) {
    pieces += more.pieces;
    for (const auto& [name, count] : more.counts) counts[name] += count;
    for (const auto& [note, count] : more.notes) notes[note] += count;
}

DueSlice run_due(const DueContext& due, const std::vector<DueAccount>& accounts, lifecycle::ClockReadings readings,
                 std::int64_t most_pieces, std::chrono::steady_clock::time_point end) {
    DueSlice slice;
    bool is_removing = false;
    Queue queue = queue_of(due.store, accounts);
    while (!queue.empty()) {
        const DueAccount* const account = queue.top().second;
        queue.pop();
        slice.touched.insert(account->account);
        std::optional<Record> record = due.store.due().first(account->account, account->until);
        if (!record) continue;
        const Instant moment = *record->due;
        const bool is_first = queue.empty() || moment <= queue.top().first;
        const bool is_used_up = slice.done.pieces >= most_pieces || std::chrono::steady_clock::now() >= end;
        if (is_first && is_used_up && slice.done.pieces > 0) {
            // Until all that leave at one moment are gone, others see the moment before: a resource that goes early is
            // no harm, one that outlives its parent is.
            if (is_removing && slice.reached == moment) slice.reached -= std::chrono::milliseconds(1);
            return slice;
        }
        if (is_first) {
            is_removing = run_piece(due, readings, *record, slice.done);
            slice.reached = moment;
        }
        queue.emplace(moment, account);
    }
    slice.is_complete = true;
    return slice;
}

}  // namespace plocal::resources
