// A timeline as `_local` in fixtures carries it, so that a life goes on where it stood. Pure.
//
//     {"begins": "1500ms ago", "origin": "fixture", "calls": 1, "failureReason": "...", "steps": [
//         {"status": "CREATE PENDING", "lasts": "2s"}, {"status": "CREATE IN_PROGRESS", "calls": 3}, {"status":
//         "ACTIVE"}]}
//
// A step that stands for work has "work", such as {"over": "200ms ago", "files": 1, "bytes": 90, "lines": 7, "errors":
// 0}, an empty object while the work is open, and "decidesOutcome": false where the outcome was given. A failed step
// whose reason is not the timeline's has its own "failureReason". A step that has ended by more than the clock has
// "ended" and "cause"; one that waits for a command has neither "lasts" nor "calls" and is not the last. `changed` is
// there where the first status was last changed before it began.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/plan.h"
#include "server/service/resources/kinds.h"
#include "storage/timeline.h"

namespace plocal::snapshot {

/// Moments as ISO-8601 where nothing follows any more, else as so long before now. The timeline must have a step.
base::Json to_json(const storage::Timeline& timeline, base::Instant now);

/// A moment as a snapshot tells it while something follows, and back: "1500ms ago", "in 2s", or ISO-8601.
std::string format_moment(base::Instant moment, base::Instant now);
std::optional<base::Instant> parse_moment(std::string_view text, base::Instant now);
inline constexpr std::string_view relative_moment_form = "ISO-8601, or such as 1500ms ago or in 2s";

/// What is wrong is added to `problems`; the timeline is good where nothing was: it has the kind's own statuses, and
/// one that nothing follows by itself is the last, or has been ended.
storage::Timeline read_timeline(const base::Json& json, const resources::Kind& kind, base::Instant now,
                                std::vector<base::Problem>& problems);

}  // namespace plocal::snapshot
