// One resource under the tester's hand: pushed onward, and asked for its past.
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

/// The resource of an ARN. Throws ControlError where there is none for the account, "" for any, or it has no status.
storage::Record find_living(world::World& world, const std::string& account, const std::string& arn);

/// The stored form of a status that is told in either spelling. Throws ControlError, with this pointer, where the kind
/// has none such.
std::string_view known_status(const resources::Kind& kind, const std::string& told, std::string_view pointer);

/// `{"arn", "status", "lastUpdatedDateTime"}`
base::Json state_json(world::World& world, const resources::Kind& kind, const storage::Record& record,
                      base::Instant now);

/// POST: `{"arn", "to", "failureReason", "force"}`; without `to` one step onward. Answers `{"arn", "status",
/// "lastUpdatedDateTime"}`. Throws ControlError: 404 for an ARN that is not there, 409 where the resource has come to
/// its last status and `force` is not true. A command that ends work waits until it is over, and ends the status in
/// failure where the work has failed; to a failed status it does not wait. 503 where the server stops meanwhile.
LongCall transition(world::World& world, const ControlCall& call);

/// GET ?arn=: `{"history": [{"status", "at", "cause", "work"}]}`, the present status last; `work` has the counts of
/// work whose end led to that status.
base::Json get_history(world::World& world, const ControlCall& call);

}  // namespace plocal::control
