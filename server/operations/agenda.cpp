#include "server/operations/agenda.h"

#include <algorithm>

#include "server/lifecycle/course.h"
#include "server/lifecycle/lifecycle.h"
#include "server/model/service.h"
#include "server/operations/references.h"
#include "server/operations/removal.h"
#include "server/operations/solution_version.h"
#include "server/operations/training.h"

namespace plocal::operations {
namespace {

using model::Json;
using storage::Instant;
using storage::Record;

// A clock that is set on by years is no reason to train for hours.
constexpr int most_trainings = 1'000;

/// The next training that still counts: of those that were missed, the last ones.
std::optional<Instant> onward(const Json& solution, const Record& record, std::uint64_t seed, Instant now) {
    std::optional<Instant> next = next_training(solution, record.arn, record.created, seed, *record.due);
    if (!next || *next > now) return next;
    const auto period = *next_training(solution, record.arn, record.created, seed, *next) - *next;
    const auto missed = (now - *next) / period;
    if (missed > most_trainings) *next += (missed - most_trainings) * period;
    return next;
}

void act(Context& context, Record& record, Instant now) {
    if (status_of(context, record) == lifecycle::deleted) return erase(context.store, record);
    const Instant moment = *record.due;
    record.due.reset();
    if (record.kind == "solution") {
        const Json solution = value_of(context, record);
        const std::uint64_t seed = context.settings.plan.seed;
        if (solution.value("performAutoTraining", false)) {
            train(context, record, solution, moment);
            record.due = moment;
            record.due = onward(solution, record, seed, now);
        }
        const auto leaves = lifecycle::rest_of(record.timeline, now);
        if (leaves.status == lifecycle::deleted) record.due = leaves.at;
    }
    context.store.resources().save(record);
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
    Context context{.store = store,
                    .settings = settings,
                    .operation = training,
                    .scope = {},
                    .moments = moments,
                    .plans = plans,
                    .quotas = quotas,
                    .plan_change = {},
                    .origin = std::string(lifecycle::cause_timer),
                    .notes = notes};
    storage::sqlite::Transaction transaction = store.begin();
    for (const std::string& account : accounts) {
        const Instant now = moments.now_of(account);
        while (std::optional<Record> record = store.resources().first_due(account, now)) act(context, *record, now);
    }
    transaction.commit();
}

void reckon(Record& record, Instant now) {
    record.rest = lifecycle::rest_of(record.timeline, now);
    if (record.rest.status == lifecycle::deleted) record.due = record.rest.at.value_or(now);
}

std::optional<Instant> due_of_solution(const Json& solution, const Record& record, std::uint64_t seed, Instant now) {
    return next_training(solution, record.arn, record.created, seed, std::max(now, record.created));
}

}  // namespace plocal::operations
