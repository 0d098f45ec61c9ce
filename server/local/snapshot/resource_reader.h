// Reads one resource of a document into a record. Pure, and for any thread.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/local/snapshot/fixture.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {

/// Service time for an account, the same at every call.
using NowOf = std::function<base::Instant(std::string_view account)>;

/// Returns the fixture of `json`, which stands at `place`, as a resource of this kind: the output of `aws personalize
/// describe-...`. Returns nothing, and adds the problems, where there are any. The statuses of a resource in progress
/// go on from now. What `_local` leaves open follows the plan of its owner.
std::optional<Fixture> read_resource(Location place, const resources::Kind& kind, base::Json json,
                                     const lifecycle::PlanOverrides& plans, const NowOf& now_of,
                                     std::vector<FixtureProblem>& problems);

}  // namespace plocal::snapshot
