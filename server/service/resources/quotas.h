// Whether one more resource fits under the service's limits. On the thread that owns the store.
#pragma once

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// Throws ApiError (LimitExceededException) where a new resource of this kind, owner and document is one too many, and
/// the owner's quotas are enforced. Throws SqlError.
void check_quota(Context& context, const Kind& kind, const storage::Owner& owner, const base::Json& document);

}  // namespace plocal::resources
