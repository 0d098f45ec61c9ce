// The calls about one resource: `/_local/transition` and `/_local/history`. On the thread that owns the world; all of
// them may throw SqlError.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::control {

/// Returns the resource of an ARN. Throws ControlError: 404 where the account, "" for any, has none.
storage::Record find_resource(world::World& world, const std::string& account, const std::string& arn);

/// The same for a resource with a status. Throws ControlError also: 409 where its kind has none.
storage::Record find_with_status(world::World& world, const std::string& account, const std::string& arn);

/// Returns the stored form of a status in either spelling. Throws ControlError with this pointer where the kind has no
/// such status.
std::string_view known_status(const resources::Kind& kind, const std::string& status, std::string_view pointer);

/// Returns `{"arn", "status", "lastUpdatedDateTime"}`.
base::Json state_json(world::World& world, const resources::Kind& kind, const storage::Record& record,
                      base::Instant now);

/// POST: `{"arn", "to", "failureReason", "force"}`. Without `to`, the resource goes one step forward. Returns
/// `state_json`. A command that ends work waits until the work has ended, and ends the status in failure where the work
/// has failed. A command to a failed status does not wait. Throws ControlError: 400 for a bad body; 404 for an unknown
/// ARN; 409 for a resource in a terminal status, unless `force` is true and `to` is given; 503 where the server stops
/// meanwhile.
LongCall transition(world::World& world, const ControlCall& call);

/// GET ?arn=: `{"history": [{"status", "at", "cause", "work"}]}`, the present status last. `work` has the counts of the
/// work whose end led to that status. Throws ControlError as `find_with_status` does.
base::Json get_history(world::World& world, const ControlCall& call);

}  // namespace plocal::control
