#include "server/service/operations/auto_training.h"

#include <string>
#include <vector>

#include "server/base/random.h"
#include "server/model/languages/schedule.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/solution_version.h"
#include "server/service/operations/training_data.h"
#include "server/service/resources/create.h"
#include "server/service/resources/lookup.h"
#include "server/service/resources/resource_view.h"

namespace plocal::operations {
namespace {

using base::Instant;
using base::Json;
using base::text_member;
using resources::Context;
using std::chrono::milliseconds;
using storage::Record;

constexpr std::string_view default_schedule = "rate(7 days)";

bool trains_automatically(const Json& solution) {
    return solution.value("performAutoTraining", false);
}

/// Returns when automatic training was turned on if `moment` is the first training since then, else nothing.
std::optional<Instant> turned_on(Context& context, const Record& solution, Instant moment) {
    const std::uint64_t seed = context.settings.plan.seed;
    const auto update = lifecycle::latest_run(solution.timeline, lifecycle::updating, moment);
    for (const Instant on : {solution.created, update ? update->state.changed : solution.created}) {
        if (first_training(solution.arn, seed, on) == moment) return on;
    }
    return std::nullopt;
}

/// Returns true if the first training is due and a version was created since automatic training was turned on.
bool is_trained_manually(Context& context, const Record& solution, Instant moment) {
    const auto on = turned_on(context, solution, moment);
    if (!on) return false;
    storage::Page page{.scope = {}, .kind = "solutionVersion", .parent = solution.arn, .after = {}};
    page.limit = 1;
    const std::vector<Record> newest = context.store.resources().list(page);
    return !newest.empty() && newest.front().created >= *on;
}

/// Creates a version at this time if the solution is ACTIVE and has data. Returns what was done, as DueHook::run.
std::string_view train(Context& context, const Record& solution, const Json& members, Instant moment) {
    const std::string_view status = resources::status_of(context, solution);
    const bool is_active = status == lifecycle::active || status.starts_with("UPDATE");
    if (!is_active || is_trained_manually(context, solution, moment)) return {};
    try {
        require_data(context, members);
    } catch (const model::ApiError& error) {
        context.notes.push_back("no automatic training of " + solution.arn + ": " + error.why());
        return "skippedTrainings";
    }
    create_automatic_version(context, solution, members, moment);
    return "trainings";
}

}  // namespace

Instant first_training(std::string_view solution_arn, std::uint64_t seed, Instant on) {
    constexpr milliseconds longest_delay = std::chrono::hours(1);
    const double fraction = base::random_fraction({seed, {}, "training", solution_arn, 0});
    return on + milliseconds(1 + static_cast<std::int64_t>(fraction * static_cast<double>(longest_delay.count() - 1)));
}

milliseconds training_period(const Json& solution) {
    const Json config = solution.value("solutionConfig", Json::object());
    const Json automatic = config.is_object() ? config.value("autoTrainingConfig", Json()) : Json();
    const std::string* const schedule = text_member(automatic, "schedulingExpression");
    return languages::parse_schedule(schedule == nullptr ? default_schedule : std::string_view(*schedule));
}

Instant next_training(Instant first, milliseconds period, Instant now) {
    return first > now ? first : first + ((now - first) / period + 1) * period;
}

std::optional<Instant> next_training_of(const Record& solution, std::uint64_t seed, Instant stable_at) {
    if (solution.due) return solution.due;
    const resources::Kind& kind = resources::kind_named(solution.kind);
    const Json members = resources::current_value(kind, solution, stable_at, resources::StatusNames::documented);
    if (!trains_automatically(members)) return std::nullopt;
    return first_training(solution.arn, seed, stable_at);
}

std::string_view train_when_due(Context& context, Record& solution) {
    const Instant moment = *solution.due;
    const Json members = resources::value_of(context, solution);
    solution.due.reset();
    if (!trains_automatically(members)) return {};
    const milliseconds period = training_period(members);
    const std::string_view done = train(context, solution, members, moment);
    solution.due = moment + period;
    return done;
}

}  // namespace plocal::operations
