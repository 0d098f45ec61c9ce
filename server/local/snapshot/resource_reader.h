// One resource of a fixture as a record.
#pragma once

#include "server/base/json.h"
#include "server/local/snapshot/reader.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {

/// Reads `json`, which stands at `place`, as a resource of this kind. Adds either a fixture or problems to `reading`.
void read_resource(Reading& reading, const Location& place, const resources::Kind& kind, const base::Json& json,
                   const ReadContext& context);

}  // namespace plocal::snapshot
