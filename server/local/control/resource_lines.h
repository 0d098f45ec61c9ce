// One resource as lists and reports show it: what it is, its status and what comes next. On the thread that owns the
// world.
#pragma once

#include <string_view>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/local/world/world.h"
#include "storage/record.h"
#include "storage/timeline.h"

namespace plocal::control {

/// Returns what ends a step of a timeline that does not end by the clock alone: "calls", "command" or "work".
std::string_view ending_of(const storage::Step& step);

/// Returns `{"arn", "kind", "name", "account", "region", "parent", "status", "failureReason", "created", "changed",
/// "next", "hasChildren", "children"}` at `now`, the moment of its owner's clock. `status` is null for a kind without
/// one. What is absent is left out. Throws SqlError.
base::Json resource_line(world::World& world, const storage::Record& record, base::Instant now);

/// Returns the statuses so far, oldest first: `[{"status", "at", "cause", "work"}]`.
base::Json statuses_so_far(const world::World& world, const storage::Record& record, base::Instant now);

/// Returns the statuses to come: `[{"status", "at", "by"}]`. `by` is what ends the status before: "timer", "calls",
/// "command" or "work". `at` is null from the first one on for which the clock alone does not tell.
base::Json statuses_to_come(const world::World& world, const storage::Record& record, base::Instant now);

}  // namespace plocal::control
