// PutItems, PutUsers and PutActions: rows that replace those of the same id. On the thread that owns the store; every
// call may throw ApiError and SqlError, and needs a transaction.
#pragma once

#include "server/base/json.h"
#include "server/service/resources/context.h"

namespace plocal::events {

resources::Output put_items(resources::Context& context, const base::Json& input);
resources::Output put_users(resources::Context& context, const base::Json& input);
resources::Output put_actions(resources::Context& context, const base::Json& input);

}  // namespace plocal::events
