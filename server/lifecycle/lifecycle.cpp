#include "server/lifecycle/lifecycle.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace plocal::lifecycle {
namespace {

using storage::Ending;
using storage::Instant;
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
            step.ending = Ending::looks;
            step.looks = plan.calls;
            break;
        case Progression::manual:
            step.ending = Ending::command;
            break;
    }
    return step;
}

}  // namespace

std::optional<Instant> end_of(const Step& step, Instant begin) {
    if (step.ended) return step.ended;
    if (step.ending == Ending::duration) return begin + step.duration;
    return std::nullopt;
}

Place place_at(const Timeline& timeline, Instant now) {
    Place place{0, timeline.begins};
    while (place.step + 1 < timeline.steps.size()) {
        const std::optional<Instant> end = end_of(timeline.steps[place.step], place.since);
        if (!end || *end > now) break;
        place = {place.step + 1, *end};
    }
    return place;
}

bool is_last(std::string_view status) {
    return status != create_pending && status != create_in_progress;
}

Plan drawn(Plan plan, std::string_view kind, std::string_view arn) {
    DrawName name{plan.seed, {}, kind, arn, 0};  // the account is in the ARN
    for (DurationRange* const range : {&plan.pending, &plan.in_progress}) {
        *range = range->at(draw_fraction(name));
        ++name.ordinal;
    }
    return plan;
}

State state_at(const Timeline& timeline, Instant now) {
    const auto [index, since] = place_at(timeline, now);
    const Step& step = timeline.steps.at(index);
    State state{step.status, index == 0 ? timeline.changed : since, {}};
    if (step.status.ends_with("FAILED")) state.failure_reason = timeline.failure_reason;
    return state;
}

Timeline creation(const Plan& plan, Instant now) {
    return continuation(create_pending, plan, now, now);
}

Timeline continuation(std::string_view status, const Plan& plan, Instant changed, Instant now) {
    Timeline timeline{.begins = now, .changed = changed, .failure_reason = plan.failure_reason};
    std::string_view last = status;
    if (!is_last(status)) {
        if (status == create_pending) timeline.steps.push_back(step_of(create_pending, plan, plan.pending.from));
        timeline.steps.push_back(step_of(create_in_progress, plan, plan.in_progress.from));
        last = plan.fails ? create_failed : active;
    }
    timeline.steps.push_back({.status = std::string(last)});
    if (plan.fails && last == create_failed && timeline.failure_reason.empty()) {
        timeline.failure_reason = "The outcome was set to CREATE FAILED, without a reason.";
    }
    return timeline;
}

bool note_look(Timeline& timeline, Instant now) {
    Step& step = timeline.steps.at(place_at(timeline, now).step);
    if (step.ending != Ending::looks) return false;
    if (++timeline.looks_taken >= step.looks) {
        step.ended = now;
        step.cause = cause_call;
        timeline.looks_taken = 0;
    }
    return true;
}

}  // namespace plocal::lifecycle
