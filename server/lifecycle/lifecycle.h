// What a timeline means at a moment, and how a new one is made. Pure.
#pragma once

#include <string_view>

#include "server/lifecycle/plan.h"
#include "storage/instant.h"
#include "storage/timeline.h"

namespace plocal::lifecycle {

/// The statuses of a creation, as the service really answers them (seen).
inline constexpr std::string_view create_pending = "CREATE PENDING";
inline constexpr std::string_view create_in_progress = "CREATE IN_PROGRESS";
inline constexpr std::string_view active = "ACTIVE";
inline constexpr std::string_view create_failed = "CREATE FAILED";

/// The views live as long as the timeline.
struct State {
    std::string_view status;
    storage::Instant changed;         // when that status began
    std::string_view failure_reason;  // empty in every status but a failed one
};

/// Where a resource stands at this moment. The timeline must have a step.
State state_at(const storage::Timeline& timeline, storage::Instant now);

/// The life of a resource whose creation begins now.
storage::Timeline creation(const Plan& plan, storage::Instant now);

/// The life of a resource that is found in this status now and was last changed at `changed`: an ended one stays as
/// it is, a creation goes on from there, that status beginning now.
storage::Timeline continuation(std::string_view status, const Plan& plan, storage::Instant changed,
                               storage::Instant now);

/// Notes one answered Describe. Returns whether the timeline is another one afterwards: the look that uses up a
/// status ends it at this moment, and is itself still answered with it.
bool note_look(storage::Timeline& timeline, storage::Instant now);

}  // namespace plocal::lifecycle
