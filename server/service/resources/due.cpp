#include "server/service/resources/due.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "server/model/service.h"
#include "server/service/lifecycle/timeline_change.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/solution_version.h"
#include "server/service/operations/training.h"
#include "server/service/resources/delete.h"
#include "server/service/resources/lookup.h"
#include "server/service/resources/resource_view.h"

namespace plocal::resources {
namespace {

using base::Instant;
using base::Json;
using operations::first_training;
using operations::train;
using operations::training_period;
using storage::Record;

// A clock that is set on by years is no reason to train for hours: of those that were missed, the last ones count.
constexpr int most_trainings = 1'000;

Instant training_behind(Instant moment, std::chrono::milliseconds period, Instant now) {
    const auto missed = (now - moment) / period;
    return moment + (missed > most_trainings ? missed - most_trainings : 1) * period;
}

void train_again(Context& context, Record& solution, Instant now) {
    const Instant moment = *solution.due;
    const Json members = value_of(context, solution);
    solution.due.reset();
    if (!members.value("performAutoTraining", false)) return;
    const auto period = training_period(members);
    train(context, solution, members, moment);
    solution.due = training_behind(moment, period, now);
}

/// What a resource names once its update is done: what it named before, no more. Until then both.
void adopt_update(Context& context, Record& record) {
    const Kind& kind = kind_named(record.kind);
    Json members = value_of(context, record);
    record.parent = parent_in(kind, members);
    std::vector<std::string> named = named_in(kind, members);
    if (!lifecycle::is_last(status_of(context, record))) {
        members.update(base::parse_json(record.update));
        for (std::string& each : named_in(kind, members)) named.push_back(std::move(each));
    }
    std::vector<storage::Reference> references = context.store.resources().references(record.arn);
    std::erase_if(references, [&named](const storage::Reference& each) {
        return std::ranges::find(named, each.arn) == named.end();
    });
    context.store.resources().replace_references(record.id, references);
    record.due.reset();
}

void act(Context& context, Record& record, Instant now) {
    try {
        kind_named(record.kind).trains_itself ? train_again(context, record, now) : adopt_update(context, record);
    } catch (const model::ApiError& error) {
        context.notes.push_back(record.arn + ": " + error.message());
        record.due.reset();
    }
    context.store.resources().save(record);
}

bool has_left(const Record& record, Instant now) {
    return !record.timeline.steps.empty() && lifecycle::state_at(record.timeline, now).status == lifecycle::deleted;
}

}  // namespace

void settle(storage::Store& store, const Settings& settings, lifecycle::Moments& moments,
            const lifecycle::PlanBook& plans, const QuotaBook& quotas, std::vector<std::string>& notes) {
    std::vector<std::string> accounts;
    for (const auto& [account, due] : store.resources().earliest_due()) {
        if (due <= moments.now_of(account)) accounts.push_back(account);
    }
    if (accounts.empty()) return;
    static const model::Operation& training = *model::personalize().operation("CreateSolutionVersion");
    lifecycle::Moments due(moments);
    Context context{.store = store,
                    .settings = settings,
                    .operation = training,
                    .scope = {},
                    .moments = due,
                    .plans = plans,
                    .quotas = quotas,
                    .plan_change = {},
                    .origin = std::string(lifecycle::cause_timer),
                    .notes = notes};
    storage::sqlite::Transaction transaction = store.begin();
    for (const std::string& account : accounts) {
        const Instant now = moments.now_of(account);
        while (std::optional<Record> record = store.resources().first_due(account, now)) {
            due.stand_at(*record->due);
            has_left(*record, now) ? erase(store, *record) : act(context, *record, now);
        }
    }
    transaction.commit();
}

void reckon(Record& record, std::uint64_t seed, Instant now) {
    const bool was_leaving = record.rest.status == lifecycle::deleted;
    record.rest = lifecycle::rest_of(record.timeline, now);
    const Instant rest = record.rest.at.value_or(now);
    if (record.rest.status == lifecycle::deleted) {
        record.due = rest;
    } else if (!kind_named(record.kind).trains_itself) {
        record.due = record.update.empty() ? std::nullopt : std::optional(rest);
    } else {
        const Json members = living_value(kind_named(record.kind), record, rest, StatusNames::documented);
        const bool trains = members.value("performAutoTraining", false);
        if (was_leaving) record.due.reset();
        if (trains && !record.due) record.due = first_training(record.arn, seed, rest);
    }
}

}  // namespace plocal::resources
