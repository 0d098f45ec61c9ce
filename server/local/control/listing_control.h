// The calls that show resources whatever their kind: `/_local/resources` and `/_local/resource`. They change nothing,
// and are no requests. On the thread that owns the world.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET ?kind=&parent=&arn=&region=&status=&search=&limit=&after=: `{"resources": [...], "next"}`, each as
/// `resource_line`, newest first within a kind, the kinds one after the other. The parent `none` stands for one that is
/// not there, and the statuses `inProgress` and `failed` for all of that sort. Reads at most about 20,000 resources, so
/// a page may be short and still have `next`. Throws ControlError for a bad parameter, and 503 where the server stops
/// meanwhile.
LongCall list_resources(world::World& world, const ControlCall& call);

/// GET ?arn=: `resource_line` with `describe`, which is the answer of Describe, `timeline`, `upcoming` and `now`. Does
/// not count as a Describe call. Throws ControlError: 404 where the account of the call, "" for any, has no such
/// resource.
base::Json get_resource(world::World& world, const ControlCall& call);

}  // namespace plocal::control
