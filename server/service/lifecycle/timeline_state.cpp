#include "server/service/lifecycle/timeline_state.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plocal::lifecycle {
namespace {

using base::DurationRange;
using base::Instant;
using base::RandomKey;
using storage::Ending;
using storage::Step;
using storage::Timeline;

Step step_of(std::string_view status, const Plan& plan, std::chrono::milliseconds duration) {
    Step step{.status = std::string(status)};
    switch (plan.progression) {
        case Progression::time:
            step.ending = Ending::duration;
            step.duration = duration;
            break;
        case Progression::immediate:
            step.ending = Ending::duration;
            break;
        case Progression::calls:
            step.ending = Ending::polls;
            step.polls = plan.calls;
            break;
        case Progression::manual:
            step.ending = Ending::command;
            break;
    }
    return step;
}

/// What is on this way from a status on, to its end.
std::vector<Step> steps_of(const Transition& path, const Plan& plan, bool is_pending_over) {
    Plan given = plan;
    if (path.success == deleted && given.progression == Progression::calls) given.progression = Progression::time;
    std::vector<Step> steps;
    if (!is_pending_over && !path.pending.empty()) steps.push_back(step_of(path.pending, given, given.pending.from));
    if (!path.in_progress.empty()) steps.push_back(step_of(path.in_progress, given, given.in_progress.from));
    const bool fails = plan.fails && !path.failure.empty();
    steps.push_back({.status = std::string(fails ? path.failure : path.success)});
    return steps;
}

/// Why it fails, where it does.
std::string reason_of(const Plan& plan, std::string_view failure) {
    if (!plan.fails || failure.empty() || !plan.failure_reason.empty()) return plan.failure_reason;
    return "The outcome was set to " + std::string(failure) + ", without a reason.";
}

}  // namespace

std::optional<Instant> end_of(const Step& step, Instant begin) {
    if (step.ended) return step.ended;
    if (step.ending == Ending::duration) return begin + step.duration;
    return std::nullopt;
}

CurrentStep step_at(const Timeline& timeline, Instant now) {
    CurrentStep place{0, timeline.begins};
    while (place.step + 1 < timeline.steps.size()) {
        const std::optional<Instant> end = end_of(timeline.steps[place.step], place.since);
        if (!end || *end > now) break;
        place = {place.step + 1, *end};
    }
    return place;
}

bool is_terminal(std::string_view status) {
    return !status.ends_with("PENDING") && !status.ends_with("IN_PROGRESS") && !status.ends_with("STOPPING");
}

const Transition* transition_of(Transitions transitions, std::string_view status) {
    const auto path = std::ranges::find_if(
        transitions, [status](const Transition& each) { return each.pending == status || each.in_progress == status; });
    return path == transitions.end() ? nullptr : &*path;
}

Plan with_drawn_ranges(Plan plan, std::string_view kind, std::string_view arn) {
    RandomKey name{plan.seed, {}, kind, arn, 0};  // the account is in the ARN
    for (DurationRange* const range : {&plan.pending, &plan.in_progress}) {
        *range = range->at(random_fraction(name));
        ++name.ordinal;
    }
    return plan;
}

State state_at(const Timeline& timeline, Instant now) {
    const auto [index, since] = step_at(timeline, now);
    const Step& step = timeline.steps.at(index);
    State state{step.status, index == 0 ? timeline.changed : since, {}};
    if (step.status.ends_with("FAILED")) state.failure_reason = timeline.failure_reason;
    return state;
}

Timeline creation(const Plan& plan, Instant now, const Transition& path) {
    return {.begins = now,
            .changed = now,
            .steps = steps_of(path, plan, false),
            .failure_reason = reason_of(plan, path.failure)};
}

Timeline continuation(std::string_view status, const Plan& plan, Instant changed, Instant now,
                      Transitions transitions) {
    Timeline timeline{.begins = now, .changed = changed};
    if (const Transition* const path = transition_of(transitions, status)) {
        timeline.steps = steps_of(*path, plan, status == path->in_progress);
        timeline.failure_reason = reason_of(plan, path->failure);
        return timeline;
    }
    timeline.steps.push_back({.status = std::string(status)});
    timeline.failure_reason = reason_of(plan, status.ends_with("FAILED") ? status : "");
    return timeline;
}

void start_transition(Timeline& timeline, const Transition& path, const Plan& plan, Instant now,
                      std::string_view cause) {
    const std::size_t present = step_at(timeline, now).step;
    timeline.steps.resize(present + 1);
    timeline.steps[present].ended = now;
    timeline.steps[present].cause = cause;
    if (timeline.steps[present].ending == Ending::never) timeline.steps[present].ending = Ending::command;
    timeline.polls_taken = 0;
    for (Step& step : steps_of(path, plan, false)) timeline.steps.push_back(std::move(step));
    // Until then the reason of an earlier failure is still told.
    if (plan.fails && !path.failure.empty()) timeline.failure_reason = reason_of(plan, path.failure);
}

void touch(Timeline& timeline, Instant now) {
    const std::size_t present = step_at(timeline, now).step;
    if (present == 0) {
        timeline.changed = now;
    } else {
        timeline.steps[present - 1].ended = now;
    }
}

std::optional<TransitionRun> latest_run(const Timeline& timeline, const Transition& path, Instant now) {
    std::optional<TransitionRun> way;
    const std::size_t present = step_at(timeline, now).step;
    Instant since = timeline.begins;
    bool is_on_it = false;
    std::string_view before;
    for (std::size_t i = 0; i <= present; ++i) {
        const std::string_view status = timeline.steps[i].status;
        const Instant changed = i == 0 ? timeline.changed : since;
        const bool is_between = status == path.pending || status == path.in_progress;
        if (is_between && !is_on_it) way = TransitionRun{since, before, {}};
        const bool is_end = is_on_it && (status == path.success || status == path.failure);
        if (is_between || is_end) {
            const bool is_failed = status.ends_with("FAILED");
            way->state = {status, changed, is_failed ? std::string_view(timeline.failure_reason) : std::string_view()};
        }
        is_on_it = is_between;
        if (is_terminal(status) && status != path.failure) before = status;
        if (i < present) since = *end_of(timeline.steps[i], since);
    }
    return way;
}

bool count_poll(Timeline& timeline, Instant now) {
    Step& step = timeline.steps.at(step_at(timeline, now).step);
    if (step.ending != Ending::polls) return false;
    if (++timeline.polls_taken >= step.polls) {
        step.ended = now;
        step.cause = cause_call;
        timeline.polls_taken = 0;
    }
    return true;
}

}  // namespace plocal::lifecycle
