#include "server/service/lifecycle/timeline_change.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "server/base/duration.h"
#include "server/base/random.h"

namespace plocal::lifecycle {

using base::Instant;
using storage::Ending;
using storage::Step;
using storage::Timeline;

namespace {

using Steps = std::vector<Step>;

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

/// The steps of a transition, from its first status or from the one in progress, to its end.
Steps steps_of(const Transition& transition, Plan plan, bool is_pending_over) {
    const bool is_deletion = transition.success == deleted;
    if (is_deletion && plan.progression == Progression::calls) plan.progression = Progression::time;
    const bool fails = plan.fails && !transition.failure.empty();
    Steps steps;
    if (!is_pending_over && !transition.pending.empty()) {
        steps.push_back(step_of(transition.pending, plan, plan.pending.from));
    }
    if (!transition.in_progress.empty()) {
        steps.push_back(step_of(transition.in_progress, plan, plan.in_progress.from));
        // A transition that must fail does no work, so it leaves no output.
        if (plan.does_work && transition.may_work && !fails) {
            steps.back().work = storage::Work{.decides_outcome = !plan.is_outcome_given};
        }
    }
    steps.push_back({.status = std::string(fails ? transition.failure : transition.success)});
    return steps;
}

/// The reason that a failure by this plan gives.
std::string reason_of(const Plan& plan, std::string_view failure) {
    if (!plan.fails || failure.empty() || !plan.failure_reason.empty()) return plan.failure_reason;
    return "The outcome was set to " + std::string(failure) + ", without a reason.";
}

void end_step(Timeline& timeline, std::size_t step, Instant now, std::string_view cause) {
    timeline.steps[step].ended = now;
    timeline.steps[step].cause = cause;
    timeline.polls_taken = 0;
}

/// Lets the failed ones of the first `count` steps keep the reason that they have now.
void keep_reasons(Timeline& timeline, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        Step& step = timeline.steps[i];
        if (is_failed(step.status) && !step.failure_reason) step.failure_reason = timeline.failure_reason;
    }
}

/// Takes away all steps behind this one.
Steps take_steps_after(Timeline& timeline, std::size_t step) {
    const auto first = timeline.steps.begin() + static_cast<Steps::difference_type>(step) + 1;
    Steps taken(std::make_move_iterator(first), std::make_move_iterator(timeline.steps.end()));
    timeline.steps.erase(first, timeline.steps.end());
    return taken;
}

void append(Timeline& timeline, Steps steps) {
    timeline.steps.insert(timeline.steps.end(), std::make_move_iterator(steps.begin()),
                          std::make_move_iterator(steps.end()));
}

}  // namespace

Plan with_drawn_ranges(Plan plan, std::string_view kind, std::string_view arn) {
    base::RandomKey name{plan.seed, {}, kind, arn, 0};  // the account is part of the ARN
    for (base::DurationRange* const range : {&plan.pending, &plan.in_progress}) {
        *range = range->at(random_fraction(name));
        ++name.ordinal;
    }
    return plan;
}

Timeline creation(const Plan& plan, Instant now, const Transition& transition) {
    return {.begins = now,
            .changed = now,
            .steps = steps_of(transition, plan, false),
            .failure_reason = reason_of(plan, transition.failure)};
}

Timeline continuation(std::string_view status, const Plan& plan, Instant changed, Instant now,
                      Transitions transitions) {
    Timeline timeline{.begins = now, .changed = changed};
    if (const Transition* const transition = transition_of(transitions, status)) {
        timeline.steps = steps_of(*transition, plan, status == transition->in_progress);
        timeline.failure_reason = reason_of(plan, transition->failure);
        return timeline;
    }
    timeline.steps.push_back({.status = std::string(status)});
    timeline.failure_reason = reason_of(plan, is_failed(status) ? status : "");
    return timeline;
}

void start_transition(Timeline& timeline, const Transition& transition, const Plan& plan, Instant now,
                      std::string_view cause) {
    const std::size_t current = step_at(timeline, now).step;
    take_steps_after(timeline, current);
    end_step(timeline, current, now, cause);
    if (timeline.steps[current].ending == Ending::never) timeline.steps[current].ending = Ending::command;
    append(timeline, steps_of(transition, plan, false));
    if (!plan.fails || transition.failure.empty()) return;
    keep_reasons(timeline, current + 1);
    timeline.failure_reason = reason_of(plan, transition.failure);
}

void touch(Timeline& timeline, Instant now) {
    const std::size_t current = step_at(timeline, now).step;
    if (current == 0) {
        timeline.changed = now;
    } else {
        timeline.steps[current - 1].ended = now;
    }
}

bool counts_polls(const Timeline& timeline, Instant now) {
    const Step& step = timeline.steps.at(step_at(timeline, now).step);
    return step.ending == Ending::polls && !(has_open_work(step) && timeline.polls_taken >= step.polls);
}

bool count_poll(Timeline& timeline, Instant now) {
    if (!counts_polls(timeline, now)) return false;
    const std::size_t current = step_at(timeline, now).step;
    const Step& step = timeline.steps.at(current);
    ++timeline.polls_taken;
    if (timeline.polls_taken >= step.polls && !has_open_work(step)) end_step(timeline, current, now, cause_call);
    return true;
}

void set_failure_reason(Timeline& timeline, std::size_t step, std::string reason) {
    keep_reasons(timeline, step);
    timeline.steps.at(step).failure_reason.reset();
    timeline.failure_reason = std::move(reason);
}

bool move_on(Timeline& timeline, Instant now, std::string_view cause) {
    const std::size_t current = step_at(timeline, now).step;
    if (current + 1 == timeline.steps.size()) return false;
    end_step(timeline, current, now, cause);
    return true;
}

void move_to(Timeline& timeline, std::string_view status, const Plan& plan,
             const std::optional<std::string>& failure_reason, Instant now, std::string_view cause,
             Transitions transitions) {
    const std::size_t current = step_at(timeline, now).step;
    Steps following = take_steps_after(timeline, current);
    keep_reasons(timeline, current + 1);
    following.erase(following.begin(), std::ranges::find(following, status, &Step::status));
    if (following.empty()) {
        Timeline next = continuation(status, plan, now, now, transitions);
        following = std::move(next.steps);
        timeline.failure_reason = std::move(next.failure_reason);
    }
    end_step(timeline, current, now, cause);
    append(timeline, std::move(following));
    if (failure_reason) timeline.failure_reason = *failure_reason;
}

}  // namespace plocal::lifecycle
