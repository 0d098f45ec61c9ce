// What a timeline means at a moment, and how a new one is made. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "server/base/instant.h"
#include "server/base/random.h"
#include "server/service/lifecycle/plan.h"
#include "server/service/lifecycle/transition.h"
#include "storage/timeline.h"

namespace plocal::lifecycle {

/// What changes a status; a rule's is "rule:" and its id.
inline constexpr std::string_view cause_timer = "timer";
inline constexpr std::string_view cause_call = "call";
inline constexpr std::string_view cause_command = "command";
inline constexpr std::string_view cause_fixture = "fixture";

/// The views live as long as the timeline.
struct State {
    std::string_view status;
    base::Instant changed;            // when that status began
    std::string_view failure_reason;  // empty in every status but a failed one
};

/// A step of a timeline and when it began.
struct CurrentStep {
    std::size_t step = 0;
    base::Instant since{};
};

/// The step that lasts at this moment, and the one behind each that has ended. The timeline must have a step.
CurrentStep step_at(const storage::Timeline& timeline, base::Instant now);

/// When a step that began at `begin` ends; nothing where no clock can tell.
std::optional<base::Instant> end_of(const storage::Step& step, base::Instant begin);

/// Where a resource stands at this moment. The timeline must have a step.
State state_at(const storage::Timeline& timeline, base::Instant now);

/// Whether nothing follows a status unless somebody makes it: a rest.
bool is_terminal(std::string_view status);

/// A plan whose ranges have been drawn for this resource, from the plan's seed.
Plan with_drawn_ranges(Plan plan, std::string_view kind, std::string_view arn);

/// The life of a resource whose creation begins now. The plan's ranges must have been drawn.
storage::Timeline creation(const Plan& plan, base::Instant now, const Transition& path = creating);

/// The way that a status lies on before its end; null where it is a rest of them all.
const Transition* transition_of(Transitions transitions, std::string_view status);

/// The life of a resource that is found in this status now and was last changed at `changed`: at rest it stays as it
/// is, else it goes on from there, that status beginning now.
storage::Timeline continuation(std::string_view status, const Plan& plan, base::Instant changed, base::Instant now,
                               Transitions transitions = create_only);

/// Has a resource set out now on another way, whatever was still to come; `cause` tells why. A plan that counts looks
/// goes by time where the way leads out of sight.
void start_transition(storage::Timeline& timeline, const Transition& path, const Plan& plan, base::Instant now,
                      std::string_view cause);

/// Has the present status be changed now, and stay what it is.
void touch(storage::Timeline& timeline, base::Instant now);

/// A way that has been gone, or is being gone.
struct TransitionRun {
    base::Instant began{};
    std::string_view
        before;   // the rest that it began from, earlier failures on it aside; empty where it began the life
    State state;  // on the way, or at its end
};

/// The last time until now that a resource has been on this way; nothing where it never was. The timeline must have a
/// step.
std::optional<TransitionRun> latest_run(const storage::Timeline& timeline, const Transition& path, base::Instant now);

/// Notes one answered Describe. Returns whether the timeline is another one afterwards: the look that uses up a
/// status ends it at this moment, and is itself still answered with it.
bool count_poll(storage::Timeline& timeline, base::Instant now);

}  // namespace plocal::lifecycle
