#include "server/service/lifecycle/timeline_state.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plocal::lifecycle {
namespace {

using base::DrawName;
using base::DurationRange;
using base::Instant;
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
            step.ending = Ending::looks;
            step.looks = plan.calls;
            break;
        case Progression::manual:
            step.ending = Ending::command;
            break;
    }
    return step;
}

/// What is on this way from a status on, to its end.
std::vector<Step> steps_of(const Path& path, const Plan& plan, bool is_pending_over) {
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
    return !status.ends_with("PENDING") && !status.ends_with("IN_PROGRESS") && !status.ends_with("STOPPING");
}

const Path* path_of(Paths paths, std::string_view status) {
    const auto path = std::ranges::find_if(
        paths, [status](const Path& each) { return each.pending == status || each.in_progress == status; });
    return path == paths.end() ? nullptr : &*path;
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

Timeline creation(const Plan& plan, Instant now, const Path& path) {
    return {.begins = now,
            .changed = now,
            .steps = steps_of(path, plan, false),
            .failure_reason = reason_of(plan, path.failure)};
}

Timeline continuation(std::string_view status, const Plan& plan, Instant changed, Instant now, Paths paths) {
    Timeline timeline{.begins = now, .changed = changed};
    if (const Path* const path = path_of(paths, status)) {
        timeline.steps = steps_of(*path, plan, status == path->in_progress);
        timeline.failure_reason = reason_of(plan, path->failure);
        return timeline;
    }
    timeline.steps.push_back({.status = std::string(status)});
    timeline.failure_reason = reason_of(plan, status.ends_with("FAILED") ? status : "");
    return timeline;
}

void set_out(Timeline& timeline, const Path& path, const Plan& plan, Instant now, std::string_view cause) {
    const std::size_t present = place_at(timeline, now).step;
    timeline.steps.resize(present + 1);
    timeline.steps[present].ended = now;
    timeline.steps[present].cause = cause;
    if (timeline.steps[present].ending == Ending::never) timeline.steps[present].ending = Ending::command;
    timeline.looks_taken = 0;
    for (Step& step : steps_of(path, plan, false)) timeline.steps.push_back(std::move(step));
    // Until then the reason of an earlier failure is still told.
    if (plan.fails && !path.failure.empty()) timeline.failure_reason = reason_of(plan, path.failure);
}

void touch(Timeline& timeline, Instant now) {
    const std::size_t present = place_at(timeline, now).step;
    if (present == 0) {
        timeline.changed = now;
    } else {
        timeline.steps[present - 1].ended = now;
    }
}

std::optional<Way> latest_way(const Timeline& timeline, const Path& path, Instant now) {
    std::optional<Way> way;
    const std::size_t present = place_at(timeline, now).step;
    Instant since = timeline.begins;
    bool is_on_it = false;
    std::string_view before;
    for (std::size_t i = 0; i <= present; ++i) {
        const std::string_view status = timeline.steps[i].status;
        const Instant changed = i == 0 ? timeline.changed : since;
        const bool is_between = status == path.pending || status == path.in_progress;
        if (is_between && !is_on_it) way = Way{since, before, {}};
        const bool is_end = is_on_it && (status == path.success || status == path.failure);
        if (is_between || is_end) {
            const bool is_failed = status.ends_with("FAILED");
            way->state = {status, changed, is_failed ? std::string_view(timeline.failure_reason) : std::string_view()};
        }
        is_on_it = is_between;
        if (is_last(status) && status != path.failure) before = status;
        if (i < present) since = *end_of(timeline.steps[i], since);
    }
    return way;
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
