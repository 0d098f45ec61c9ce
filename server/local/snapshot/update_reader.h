// Reads the latest update of a resource from a document. Pure.
#pragma once

#include "server/base/instant.h"
#include "server/local/snapshot/partial_resource.h"
#include "server/service/lifecycle/plan.h"
#include "storage/record.h"

namespace plocal::snapshot {

/// Reads `latest...Update` of a kind that has one.
///
/// An update in progress moves from the members into the record, and the timeline of the record becomes that of the
/// update: it goes on from `now`, after the plan. A finished or failed update stays among the members as it was given,
/// with the moments that are absent filled in: nothing changes it any more, and Describe shows it unchanged. With the
/// timeline of a snapshot, the update moves into the record where the timeline has its run.
void take_update(PartialResource& partial, storage::Record& record, const lifecycle::Plan& plan, base::Instant now);

/// Moves an update that stands finished in the document of a record to where a running update is kept. Needed before an
/// update status is forced on the resource, because the new run is that of the latest update.
void reopen_update(const resources::Kind& kind, storage::Record& record);

}  // namespace plocal::snapshot
