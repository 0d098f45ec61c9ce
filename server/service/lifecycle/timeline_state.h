// What a timeline means at a moment: the status, its history and what comes next. Pure functions of the timeline and
// `now`, for any thread; nothing here changes a timeline (see timeline_change.h). Every timeline must have a step
// unless a function says otherwise.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/service/lifecycle/transition.h"
#include "storage/record.h"
#include "storage/timeline.h"

namespace plocal::lifecycle {

/// Causes of a status. A rule's cause is "rule:" and its id.
inline constexpr std::string_view cause_timer = "timer";
inline constexpr std::string_view cause_call = "call";
inline constexpr std::string_view cause_command = "command";
inline constexpr std::string_view cause_fixture = "fixture";
inline constexpr std::string_view cause_work = "work";

/// The status of a resource at one moment. The views live as long as the timeline.
struct State {
    std::string_view status;
    base::Instant changed;            // when that status began, or was last touched
    std::string_view failure_reason;  // empty unless the status is a failed one
};

/// A step of a timeline, and when it began.
struct CurrentStep {
    std::size_t step = 0;  // its index
    base::Instant since{};
};

/// The step that lasts at `now`. Before the first step begins it is the first one.
CurrentStep step_at(const storage::Timeline& timeline, base::Instant now);

/// When a step that began at `begin` ends; nothing where the clock alone cannot tell, and while its work is open.
std::optional<base::Instant> end_of(const storage::Step& step, base::Instant begin);

/// The status at `now`.
State state_at(const storage::Timeline& timeline, base::Instant now);

/// Whether a status is stable: no other status follows unless a request or a command causes it.
bool is_terminal(std::string_view status);

/// Whether a status is one of failure.
bool is_failed(std::string_view status);

/// The transition in which a status is pending or in progress; null for a stable status. Lives as long as
/// `transitions`.
const Transition* transition_of(Transitions transitions, std::string_view status);

/// Whether a step stands for work that is not over. A step that was ended early has no open work.
bool has_open_work(const storage::Step& step);

/// One run of a transition, finished or in progress. The views live as long as the timeline.
struct TransitionRun {
    base::Instant began{};
    std::string_view before;         // the stable status before the run; empty where the timeline began with the run. A
                                     // failure of an earlier run of the same transition does not count
    std::string_view before_reason;  // the failure reason of `before`; empty unless it is a failed status
    State state;                     // the latest status within the run
};

/// The latest run of a transition up to `now`; nothing where there was none.
std::optional<TransitionRun> latest_run(const storage::Timeline& timeline, const Transition& transition,
                                        base::Instant now);

/// One status of a history.
struct StatusChange {
    std::string status;
    base::Instant at;
    std::string cause;                  // "timer", "call", "command", "fixture", "work", "rule:ID"
    std::optional<storage::Work> work;  // the work whose end led to this status, with its counts

    bool operator==(const StatusChange&) const = default;
};

/// Every status up to `now`, oldest first.
std::vector<StatusChange> history(const storage::Timeline& timeline, base::Instant now);

/// When the current status ends by the clock alone; nothing where it is the last one or the clock cannot tell.
std::optional<base::Instant> next_change(const storage::Timeline& timeline, base::Instant now);

/// The state that the clock alone leads to from `now`. Empty for a timeline without steps.
storage::StableState stable_state_of(const storage::Timeline& timeline, base::Instant now);

/// Whether the current status is `status` or a later one may be: the timeline has it still to come, or open work of one
/// of these transitions may fail with it.
bool can_reach(const storage::Timeline& timeline, std::string_view status, base::Instant now,
               Transitions transitions = {});

}  // namespace plocal::lifecycle
