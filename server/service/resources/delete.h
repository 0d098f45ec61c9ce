// Deletes resources of every kind: checks that nothing blocks the deletion, starts it, and removes children with their
// parent. On the thread that owns the store; every call may throw SqlError and needs a transaction.
#pragma once

#include <cstdint>

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// Starts the deletion of the resource that the input names. A resource of a kind without a deletion transition is
/// removed at once. Throws ApiError: ResourceInUseException while a transition is in progress or another resource
/// blocks the deletion. https://docs.aws.amazon.com/personalize/latest/dg/gs-cleanup.html
Output remove(Context& context, const Kind& kind, const base::Json& input);

/// Removes a resource, its tags, and the children that are removed with it.
void erase(storage::Store& store, const storage::Record& record);

/// Removes at most `limit` resources: such children first, and the resource itself once it has none. Returns how many
/// were removed; `limit` must not be 0.
std::int64_t erase_some(storage::Store& store, const storage::Record& record, std::int64_t limit);

}  // namespace plocal::resources
