// Checks new resources against the service's quotas. On the thread that owns the store.
#pragma once

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// Throws ApiError (LimitExceededException) if the owner's quotas are enforced and a new resource of this kind and
/// document exceeds one. Throws SqlError.
void check_quota(Context& context, const Kind& kind, const storage::Owner& owner, const base::Json& document);

}  // namespace plocal::resources
