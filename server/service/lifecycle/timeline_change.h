// A timeline read as a course: what it has passed, what comes by itself, and being pushed. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/lifecycle/timeline_state.h"
#include "storage/record.h"

namespace plocal::lifecycle {

/// That a status began.
struct StatusChange {
    std::string status;
    base::Instant at;
    std::string cause;  // "timer", "call", "command", "fixture", "rule:ID"

    bool operator==(const StatusChange&) const = default;
};

/// Every status until now, the present one last. The timeline must have a step.
std::vector<StatusChange> history(const storage::Timeline& timeline, base::Instant now);

/// When the present status ends by the clock alone; nothing where it does not.
std::optional<base::Instant> next_change(const storage::Timeline& timeline, base::Instant now);

/// Where the clock alone takes the timeline from here; of one without steps, nowhere.
storage::StableState stable_state_of(const storage::Timeline& timeline, base::Instant now);

/// Whether the present status or one that is still to come has this name.
bool can_reach(const storage::Timeline& timeline, std::string_view status, base::Instant now);

/// Ends the present status now; `cause` tells why. Returns false, and changes nothing, where it is the last one.
bool move_on(storage::Timeline& timeline, base::Instant now, std::string_view cause);

/// Has this status begin now, whatever came before; what follows is as the timeline had it, where the status was still
/// to come, else as the plan has it. A reason replaces the timeline's.
void move_to(storage::Timeline& timeline, std::string_view status, const Plan& plan,
             const std::optional<std::string>& failure_reason, base::Instant now, std::string_view cause,
             Transitions transitions = create_only);

}  // namespace plocal::lifecycle
