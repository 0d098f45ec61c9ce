// The call that reads the rows of a dataset, `GET /_local/data`, and the number of rows. On the thread that owns the
// world; all of it may throw SqlError.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET ?dataset=ARN: a page of rows in the form that Accept prefers. `limit` and `after` say which one; `id`, or
/// `userId`, `itemId` and `actionId`, narrow it. All rows of a page are of one moment; others are let in while a long
/// one is written. It and its checks throw ControlError: as `named_dataset` and `format_of_answer` do, 400 for other
/// bad parameters, 503 where the server stops meanwhile.
LongCall get_data(world::World& world, const ControlCall& call);

/// Returns `{"items": n, "users": n, "actions": n, "interactions": n, "actionInteractions": n}`: the rows of all
/// datasets, or of those of the account. The cost does not grow with the number of rows.
base::Json row_counts(world::World& world, const std::string& account);

}  // namespace plocal::control
