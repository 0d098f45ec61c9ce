// How a timeline is made and changed: creations, fixtures, later transitions, polls and commands. Pure:
// each function changes the timeline that it is given and nothing else. Saving is the caller's job (resources/life.h).
// Every timeline that is changed must have a step.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"
#include "server/service/lifecycle/plan.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/lifecycle/transition.h"
#include "storage/timeline.h"

namespace plocal::lifecycle {

/// The plan with a fixed value drawn from each of its ranges. The draw follows from the plan's seed, the kind and the
/// ARN alone.
Plan with_drawn_ranges(Plan plan, std::string_view kind, std::string_view arn);

/// The timeline of a resource that is created at `now`. The plan's ranges must have been drawn.
storage::Timeline creation(const Plan& plan, base::Instant now, const Transition& transition = creating);

/// The timeline of a resource that is found in `status` at `now` and was last changed at `changed`. A stable status
/// stays; any other one begins at `now` and goes on by the plan, whose ranges must have been drawn.
storage::Timeline continuation(std::string_view status, const Plan& plan, base::Instant changed, base::Instant now,
                               Transitions transitions = create_only);

/// Starts a transition at `now` and drops whatever was still to come; `cause` is kept as what ended the status before.
/// The plan's ranges must have been drawn. A deletion ignores a progression by polls and goes by time: a deleted
/// resource cannot be polled.
void start_transition(storage::Timeline& timeline, const Transition& transition, const Plan& plan, base::Instant now,
                      std::string_view cause);

/// Makes `now` the moment of the last change; the status stays.
void touch(storage::Timeline& timeline, base::Instant now);

/// Counts one answered Describe. The poll that uses up a status ends it at `now`, and is itself still answered with the
/// old status; while the status' work is open, polls count but end nothing. Returns false, and changes nothing, where
/// the status does not end by polls or has had as many as it asks for.
bool count_poll(storage::Timeline& timeline, base::Instant now);

/// Whether `count_poll` would change the timeline.
bool counts_polls(const storage::Timeline& timeline, base::Instant now);

/// Sets the failure reason of one step. Those of earlier steps stay.
void set_failure_reason(storage::Timeline& timeline, std::size_t step, std::string reason);

/// Ends the current status at `now`, with `cause`. Returns false, and changes nothing, where it is the last one.
bool move_on(storage::Timeline& timeline, base::Instant now, std::string_view cause);

/// Begins `status` at `now`, whatever the current status is. Where the timeline still had that status to come, its
/// steps from there on are kept; else they are made by the plan, whose ranges must have been drawn. A given
/// `failure_reason` replaces the one that the plan or the timeline has for it; those of earlier statuses stay.
void move_to(storage::Timeline& timeline, std::string_view status, const Plan& plan,
             const std::optional<std::string>& failure_reason, base::Instant now, std::string_view cause,
             Transitions transitions = create_only);

}  // namespace plocal::lifecycle
