#include "server/service/lifecycle/timeline_state.h"

#include <algorithm>
#include <utility>

namespace plocal::lifecycle {

using base::Instant;
using storage::Ending;
using storage::Step;
using storage::Timeline;

namespace {

/// The work that was over before this step began.
std::optional<storage::Work> work_before(const Timeline& timeline, std::size_t step) {
    if (step == 0) return std::nullopt;
    const std::optional<storage::Work>& work = timeline.steps[step - 1].work;
    return work && work->over ? work : std::nullopt;
}

std::string_view reason_at(const Timeline& timeline, std::size_t step) {
    const Step& failed = timeline.steps[step];
    if (!is_failed(failed.status)) return {};
    return failed.failure_reason ? *failed.failure_reason : timeline.failure_reason;
}

std::string cause_of(const Timeline& timeline, std::size_t step) {
    if (step == 0) return timeline.origin.empty() ? std::string(cause_call) : timeline.origin;
    const Step& before = timeline.steps[step - 1];
    if (before.ended && !before.cause.empty()) return before.cause;
    return std::string(!before.ended && before.work ? cause_work : cause_timer);
}

}  // namespace

std::optional<Instant> end_of(const Step& step, Instant begin) {
    if (step.ended) return step.ended;
    if (step.ending != Ending::duration || has_open_work(step)) return std::nullopt;
    const Instant end = begin + step.duration;
    return step.work ? std::max(end, *step.work->over) : end;
}

CurrentStep step_at(const Timeline& timeline, Instant now) {
    CurrentStep current{0, timeline.begins};
    while (current.step + 1 < timeline.steps.size()) {
        const std::optional<Instant> end = end_of(timeline.steps[current.step], current.since);
        if (!end || *end > now) break;
        current = {current.step + 1, *end};
    }
    return current;
}

State state_at(const Timeline& timeline, Instant now) {
    const auto [index, since] = step_at(timeline, now);
    return {timeline.steps.at(index).status, index == 0 ? timeline.changed : since, reason_at(timeline, index)};
}

bool is_terminal(std::string_view status) {
    return !status.ends_with("PENDING") && !status.ends_with("IN_PROGRESS") && !status.ends_with("STOPPING");
}

bool is_failed(std::string_view status) {
    return status.ends_with("FAILED");
}

const Transition* transition_of(Transitions transitions, std::string_view status) {
    const auto found = std::ranges::find_if(
        transitions, [status](const Transition& each) { return each.pending == status || each.in_progress == status; });
    return found == transitions.end() ? nullptr : &*found;
}

bool has_open_work(const Step& step) {
    return step.work && !step.work->over && !step.ended;
}

std::optional<TransitionRun> latest_run(const Timeline& timeline, const Transition& transition, Instant now) {
    std::optional<TransitionRun> run;
    const std::size_t current = step_at(timeline, now).step;
    Instant since = timeline.begins;
    bool is_running = false;
    std::string_view before;
    std::string_view before_reason;
    for (std::size_t i = 0; i <= current; ++i) {
        const std::string_view status = timeline.steps[i].status;
        const bool is_between = status == transition.pending || status == transition.in_progress;
        if (is_between && !is_running) run = TransitionRun{since, before, before_reason, {}};
        const bool is_end = is_running && (status == transition.success || status == transition.failure);
        if (is_between || is_end) run->state = {status, i == 0 ? timeline.changed : since, reason_at(timeline, i)};
        is_running = is_between;
        if (is_terminal(status) && status != transition.failure) {
            before = status;
            before_reason = reason_at(timeline, i);
        }
        if (i < current) since = *end_of(timeline.steps[i], since);
    }
    return run;
}

std::vector<StatusChange> history(const Timeline& timeline, Instant now) {
    const std::size_t current = step_at(timeline, now).step;
    std::vector<StatusChange> changes;
    Instant since = timeline.begins;
    for (std::size_t i = 0; i <= current; ++i) {
        if (i > 0) since = *end_of(timeline.steps[i - 1], since);
        changes.push_back({timeline.steps[i].status, i == 0 ? timeline.changed : since, cause_of(timeline, i),
                           work_before(timeline, i)});
    }
    return changes;
}

std::optional<Instant> next_change(const Timeline& timeline, Instant now) {
    const CurrentStep current = step_at(timeline, now);
    if (current.step + 1 == timeline.steps.size()) return std::nullopt;
    return end_of(timeline.steps[current.step], current.since);
}

storage::StableState stable_state_of(const Timeline& timeline, Instant now) {
    if (timeline.steps.empty()) return {};
    storage::StableState stable;
    std::optional<Instant> next = next_change(timeline, now);
    while (next) {
        stable.at = next;
        next = next_change(timeline, *next);
    }
    stable.status = timeline.steps[step_at(timeline, stable.at.value_or(now)).step].status;
    return stable;
}

bool can_reach(const Timeline& timeline, std::string_view status, Instant now, Transitions transitions) {
    for (std::size_t i = step_at(timeline, now).step; i < timeline.steps.size(); ++i) {
        const Step& step = timeline.steps[i];
        if (step.status == status) return true;
        if (!has_open_work(step) || !step.work->decides_outcome) continue;
        const Transition* const transition = transition_of(transitions, step.status);
        if (transition != nullptr && transition->failure == status) return true;
    }
    return false;
}

}  // namespace plocal::lifecycle
