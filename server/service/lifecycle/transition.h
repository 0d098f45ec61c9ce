// The ways from one rest to the next, in the statuses that the service really answers. Pure data.
// https://docs.aws.amazon.com/personalize/latest/dg/API_Operations.html, each resource's own page; the words are seen.
#pragma once

#include <span>
#include <string_view>

namespace plocal::lifecycle {

inline constexpr std::string_view create_pending = "CREATE PENDING";
inline constexpr std::string_view create_in_progress = "CREATE IN_PROGRESS";
inline constexpr std::string_view active = "ACTIVE";
inline constexpr std::string_view create_failed = "CREATE FAILED";

/// What is told of nothing: the resource has gone.
inline constexpr std::string_view deleted = "DELETED";

/// A way that has no such status has an empty one.
struct Transition {
    std::string_view pending;
    std::string_view in_progress;
    std::string_view success;
    std::string_view failure;
};

inline constexpr Transition creating{create_pending, create_in_progress, active, create_failed};
/// Told as an update's own status wherever the resource itself stays ACTIVE meanwhile.
inline constexpr Transition updating{"UPDATE PENDING", "UPDATE IN_PROGRESS", active, "UPDATE FAILED"};
inline constexpr Transition deleting{"DELETE PENDING", "DELETE IN_PROGRESS", deleted, ""};
inline constexpr Transition deleting_in_one_step{"DELETE PENDING", "", deleted, ""};
inline constexpr Transition stopping{"STOP PENDING", "STOP IN_PROGRESS", "INACTIVE", ""};
inline constexpr Transition starting{"START PENDING", "START IN_PROGRESS", active, ""};
inline constexpr Transition stopping_creation{"", "CREATE STOPPING", "CREATE STOPPED", ""};
inline constexpr Transition deleting_data{"PENDING", "IN_PROGRESS", "COMPLETED", "FAILED"};

/// The ways of a kind; the first one is its creation.
using Transitions = std::span<const Transition>;

inline constexpr Transition create_only[] = {creating};

}  // namespace plocal::lifecycle
