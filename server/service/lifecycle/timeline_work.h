// The work that a status stands for, such as a training or an import: whether it is open, when it begins and how it
// ends. Pure functions, for any thread. Doing the work is the business of server/service/jobs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/lifecycle/transition.h"
#include "storage/timeline.h"

namespace plocal::lifecycle {

/// Whether the current status stands for open work.
bool is_working(const storage::Timeline& timeline, base::Instant now);

/// Whether nothing but open work is missing for the current status to end: its duration has passed.
bool lacks_work_alone(const storage::Timeline& timeline, base::Instant now);

/// When the next open work begins, or began where it is the current status'; nothing where there is none, or where the
/// clock alone does not lead to it. A timeline without steps has none.
std::optional<base::Instant> work_start(const storage::Timeline& timeline, base::Instant now);

/// The status whose open work has to be done before a later status of the timeline; nothing where there is none, or
/// `status` is not still to come. Lives as long as the timeline.
std::optional<std::string_view> working_status_before(const storage::Timeline& timeline, std::string_view status,
                                                      base::Instant now);

/// How work ended.
struct WorkResult {
    bool is_failed = false;
    std::string failure_reason;  // for a failure
    storage::Work counts;        // its files, bytes, lines and errors
};

/// Records at `now` that the work of the current status is over. Where the clock is frozen (`takes_no_time`) the work
/// counts as done at the moment when the status began. A failure makes the failed status of the transition the next
/// one, unless the outcome was given. Returns false, and changes nothing, where the current status has no open work.
bool finish_work(storage::Timeline& timeline, const WorkResult& result, base::Instant now, bool takes_no_time,
                 Transitions transitions = create_only);

}  // namespace plocal::lifecycle
