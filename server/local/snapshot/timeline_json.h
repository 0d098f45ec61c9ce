// Timelines as JSON in `_local.timeline` of a snapshot, so that a resource goes on from where it was. Pure.
//
//     {"begins": "1500ms ago", "origin": "fixture", "calls": 1, "failureReason": "...", "steps": [
//         {"status": "CREATE PENDING", "lasts": "2s"}, {"status": "CREATE IN_PROGRESS", "calls": 3}, {"status":
//         "ACTIVE"}]}
//
// A step that stands for work has "work", such as {"over": "200ms ago", "files": 1, "bytes": 90, "lines": 7, "errors":
// 0}. It is an empty object while the work is open, and has "decidesOutcome": false where the outcome was given. A
// failed step has its own "failureReason" where its reason is not that of the timeline. "ended" and "cause" are those
// of a step that a call, a command or a rule has ended. A step without "lasts" and "calls" waits for a command, unless
// it is the last one. "changed" is given where the first status changed before it began.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/service/resources/kinds.h"
#include "storage/timeline.h"

namespace plocal::snapshot {

/// Writes moments as ISO-8601 where the last step lasts, else relative to now. The timeline must have a step.
base::Json to_json(const storage::Timeline& timeline, base::Instant now);

/// Writes a moment relative to now: "1500ms ago", "in 2s".
std::string format_moment(base::Instant moment, base::Instant now);

/// Reads what `format_moment` writes, and ISO-8601. Returns nothing for any other text.
std::optional<base::Instant> parse_moment(std::string_view text, base::Instant now);
inline constexpr std::string_view relative_moment_form = "ISO-8601, or such as 1500ms ago or in 2s";

/// Adds what is wrong to `problems`; without problems the timeline is good. Its statuses are those of the kind. A
/// terminal status is the last one, or it has been ended.
storage::Timeline read_timeline(const base::Json& json, const resources::Kind& kind, base::Instant now,
                                std::vector<base::Problem>& problems);

}  // namespace plocal::snapshot
