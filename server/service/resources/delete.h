// The deleting of resources of any kind: who may not go, the way out, and what goes with them. On the thread that owns
// the store; every call may throw SqlError and needs a transaction.
#pragma once

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// Has the resource that the input names leave; one of a kind without a status goes at once. Throws ApiError:
/// ResourceInUseException while it is on its way somewhere, or others need it.
/// https://docs.aws.amazon.com/personalize/latest/dg/gs-cleanup.html
Output remove(Context& context, const Kind& kind, const base::Json& input);

/// Takes away a resource, its tags, and the children that go with it.
void erase(storage::Store& store, const storage::Record& record);

}  // namespace plocal::resources
