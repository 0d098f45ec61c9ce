// What a timeline means at a moment, and how a new one is made. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "server/lifecycle/draw.h"
#include "server/lifecycle/plan.h"
#include "storage/instant.h"
#include "storage/timeline.h"

namespace plocal::lifecycle {

/// The statuses of a creation, as the service really answers them (seen).
inline constexpr std::string_view create_pending = "CREATE PENDING";
inline constexpr std::string_view create_in_progress = "CREATE IN_PROGRESS";
inline constexpr std::string_view active = "ACTIVE";
inline constexpr std::string_view create_failed = "CREATE FAILED";

/// What changes a status; a rule's is "rule:" and its id.
inline constexpr std::string_view cause_timer = "timer";
inline constexpr std::string_view cause_call = "call";
inline constexpr std::string_view cause_command = "command";
inline constexpr std::string_view cause_fixture = "fixture";

/// The views live as long as the timeline.
struct State {
    std::string_view status;
    storage::Instant changed;         // when that status began
    std::string_view failure_reason;  // empty in every status but a failed one
};

/// A step of a timeline and when it began.
struct Place {
    std::size_t step = 0;
    storage::Instant since{};
};

/// The step that lasts at this moment, and the one behind each that has ended. The timeline must have a step.
Place place_at(const storage::Timeline& timeline, storage::Instant now);

/// When a step that began at `begin` ends; nothing where no clock can tell.
std::optional<storage::Instant> end_of(const storage::Step& step, storage::Instant begin);

/// Where a resource stands at this moment. The timeline must have a step.
State state_at(const storage::Timeline& timeline, storage::Instant now);

/// Whether nothing follows a status unless somebody makes it.
bool is_last(std::string_view status);

/// A plan whose ranges have been drawn for this resource, from the plan's seed.
Plan drawn(Plan plan, std::string_view kind, std::string_view arn);

/// The life of a resource whose creation begins now. The plan's ranges must have been drawn.
storage::Timeline creation(const Plan& plan, storage::Instant now);

/// The life of a resource that is found in this status now and was last changed at `changed`: an ended one stays as
/// it is, a creation goes on from there, that status beginning now.
storage::Timeline continuation(std::string_view status, const Plan& plan, storage::Instant changed,
                               storage::Instant now);

/// Notes one answered Describe. Returns whether the timeline is another one afterwards: the look that uses up a
/// status ends it at this moment, and is itself still answered with it.
bool note_look(storage::Timeline& timeline, storage::Instant now);

}  // namespace plocal::lifecycle
