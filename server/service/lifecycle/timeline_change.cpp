#include "server/service/lifecycle/timeline_change.h"

#include <algorithm>
#include <iterator>

namespace plocal::lifecycle {

using base::Instant;
using storage::Step;
using storage::Timeline;

namespace {

using Steps = std::vector<Step>;

Steps::difference_type offset(std::size_t step) {
    return static_cast<Steps::difference_type>(step);
}

void end_present(Timeline& timeline, std::size_t step, Instant now, std::string_view cause) {
    timeline.steps[step].ended = now;
    timeline.steps[step].cause = cause;
    timeline.polls_taken = 0;
}

}  // namespace

std::vector<StatusChange> history(const Timeline& timeline, Instant now) {
    const std::size_t present = step_at(timeline, now).step;
    std::vector<StatusChange> changes;
    Instant since = timeline.begins;
    for (std::size_t i = 0; i <= present; ++i) {
        std::string cause = timeline.origin.empty() ? std::string(cause_call) : timeline.origin;
        if (i > 0) {
            const Step& before = timeline.steps[i - 1];
            since = *end_of(before, since);
            cause = before.ended && !before.cause.empty() ? before.cause : std::string(cause_timer);
        }
        changes.push_back({timeline.steps[i].status, i == 0 ? timeline.changed : since, std::move(cause)});
    }
    return changes;
}

std::optional<Instant> next_change(const Timeline& timeline, Instant now) {
    const CurrentStep place = step_at(timeline, now);
    if (place.step + 1 == timeline.steps.size()) return std::nullopt;
    return end_of(timeline.steps[place.step], place.since);
}

storage::StableState stable_state_of(const Timeline& timeline, Instant now) {
    if (timeline.steps.empty()) return {};
    storage::StableState rest;
    std::optional<Instant> next = next_change(timeline, now);
    while (next) {
        rest.at = next;
        next = next_change(timeline, *next);
    }
    rest.status = timeline.steps[step_at(timeline, rest.at.value_or(now)).step].status;
    return rest;
}

bool can_reach(const Timeline& timeline, std::string_view status, Instant now) {
    const auto present = timeline.steps.begin() + offset(step_at(timeline, now).step);
    return std::find_if(present, timeline.steps.end(), [status](const Step& step) { return step.status == status; }) !=
           timeline.steps.end();
}

bool move_on(Timeline& timeline, Instant now, std::string_view cause) {
    const std::size_t present = step_at(timeline, now).step;
    if (present + 1 == timeline.steps.size()) return false;
    end_present(timeline, present, now, cause);
    return true;
}

void move_to(Timeline& timeline, std::string_view status, const Plan& plan,
             const std::optional<std::string>& failure_reason, Instant now, std::string_view cause,
             Transitions transitions) {
    const std::size_t present = step_at(timeline, now).step;
    const auto behind = timeline.steps.begin() + offset(present) + 1;
    const auto target =
        std::find_if(behind, timeline.steps.end(), [status](const Step& step) { return step.status == status; });
    Steps rest(target, timeline.steps.end());
    if (rest.empty()) {
        const Timeline anew = continuation(status, plan, now, now, transitions);
        rest = anew.steps;
        timeline.failure_reason = anew.failure_reason;
    }
    timeline.steps.erase(behind, timeline.steps.end());
    end_present(timeline, present, now, cause);
    timeline.steps.insert(timeline.steps.end(), std::make_move_iterator(rest.begin()),
                          std::make_move_iterator(rest.end()));
    if (failure_reason) timeline.failure_reason = *failure_reason;
}

}  // namespace plocal::lifecycle
