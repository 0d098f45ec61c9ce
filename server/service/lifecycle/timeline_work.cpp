#include "server/service/lifecycle/timeline_work.h"

#include <cstddef>
#include <utility>

#include "server/service/lifecycle/timeline_change.h"

namespace plocal::lifecycle {

using base::Instant;
using storage::Ending;
using storage::Step;
using storage::Timeline;

bool is_working(const Timeline& timeline, Instant now) {
    return has_open_work(timeline.steps[step_at(timeline, now).step]);
}

bool lacks_work_alone(const Timeline& timeline, Instant now) {
    const CurrentStep current = step_at(timeline, now);
    const Step& step = timeline.steps[current.step];
    return has_open_work(step) && step.ending == Ending::duration && current.since + step.duration <= now;
}

std::optional<Instant> work_start(const Timeline& timeline, Instant now) {
    if (timeline.steps.empty()) return std::nullopt;
    const CurrentStep current = step_at(timeline, now);
    std::optional<Instant> since = current.since;
    for (std::size_t i = current.step; since && i < timeline.steps.size(); ++i) {
        if (has_open_work(timeline.steps[i])) return since;
        since = end_of(timeline.steps[i], *since);
    }
    return std::nullopt;
}

std::optional<std::string_view> working_status_before(const Timeline& timeline, std::string_view status, Instant now) {
    const std::size_t current = step_at(timeline, now).step;
    std::optional<std::string_view> working;
    for (std::size_t i = current; i < timeline.steps.size(); ++i) {
        if (i > current && timeline.steps[i].status == status) return working;
        if (!working && has_open_work(timeline.steps[i])) working = timeline.steps[i].status;
    }
    return std::nullopt;
}

bool finish_work(Timeline& timeline, const WorkResult& result, Instant now, bool takes_no_time,
                 Transitions transitions) {
    const CurrentStep current = step_at(timeline, now);
    Step& step = timeline.steps.at(current.step);
    if (!has_open_work(step)) return false;
    const bool decides_outcome = step.work->decides_outcome;
    step.work = result.counts;
    step.work->decides_outcome = decides_outcome;
    step.work->over = takes_no_time ? current.since : now;
    if (step.ending == Ending::polls && timeline.polls_taken >= step.polls) {
        step.ended = now;
        step.cause = cause_work;
        timeline.polls_taken = 0;
    }
    const Transition* const transition = transition_of(transitions, step.status);
    const bool can_fail = transition != nullptr && !transition->failure.empty();
    if (!result.is_failed || !decides_outcome || !can_fail) return true;
    timeline.steps.resize(current.step + 1);
    timeline.steps.push_back({.status = std::string(transition->failure)});
    set_failure_reason(timeline, current.step + 1, result.failure_reason);
    return true;
}

}  // namespace plocal::lifecycle
