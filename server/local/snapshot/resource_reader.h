// Reads one resource of a document into a record. Pure.
#pragma once

#include "server/base/json.h"
#include "server/local/snapshot/fixture.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {

/// Reads `json`, which stands at `place`, as a resource of this kind. Adds to `reading` either the fixture or the
/// problems.
void read_resource(Reading& reading, const Location& place, const resources::Kind& kind, const base::Json& json,
                   const ReadContext& context);

}  // namespace plocal::snapshot
