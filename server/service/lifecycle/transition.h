// The transitions of resources: which statuses lead from one stable state to the next, spelled as the service answers
// them. Pure data.
// Source: https://docs.aws.amazon.com/personalize/latest/dg/API_Operations.html, the page of each resource. The
// spellings with an underscore are seen in real answers.
#pragma once

#include <span>
#include <string_view>

namespace plocal::lifecycle {

inline constexpr std::string_view create_pending = "CREATE PENDING";
inline constexpr std::string_view create_in_progress = "CREATE IN_PROGRESS";
inline constexpr std::string_view active = "ACTIVE";
inline constexpr std::string_view create_failed = "CREATE FAILED";

/// The status of a resource that is gone. The service never answers it.
inline constexpr std::string_view deleted = "DELETED";

/// The statuses of one transition, in order. A status that the transition skips is empty.
struct Transition {
    std::string_view pending;
    std::string_view in_progress;
    std::string_view success;
    std::string_view failure;
    bool may_work = false;  // whether its status in progress may stand for work, such as a training
};

inline constexpr Transition creating{create_pending, create_in_progress, active, create_failed, true};
/// Where a resource stays ACTIVE during an update, these are the statuses of the update itself.
inline constexpr Transition updating{"UPDATE PENDING", "UPDATE IN_PROGRESS", active, "UPDATE FAILED"};
inline constexpr Transition deleting{"DELETE PENDING", "DELETE IN_PROGRESS", deleted, ""};
inline constexpr Transition deleting_in_one_step{"DELETE PENDING", "", deleted, ""};
inline constexpr Transition stopping{"STOP PENDING", "STOP IN_PROGRESS", "INACTIVE", ""};
inline constexpr Transition starting{"START PENDING", "START IN_PROGRESS", active, ""};
inline constexpr Transition stopping_creation{"", "CREATE STOPPING", "CREATE STOPPED", ""};
inline constexpr Transition deleting_data{"PENDING", "IN_PROGRESS", "COMPLETED", "FAILED", true};

/// The transitions of a kind; the first one is its creation.
using Transitions = std::span<const Transition>;

inline constexpr Transition create_only[] = {creating};

}  // namespace plocal::lifecycle
