// What a document tells of a resource's latest update, as a life. Pure.
#pragma once

#include "server/base/instant.h"
#include "server/local/snapshot/partial_resource.h"
#include "server/service/lifecycle/plan.h"
#include "storage/record.h"

namespace plocal::snapshot {

/// Takes the member that tells of the latest update out of the draft, for a kind that has one, and puts it into the
/// record. Where no timeline of a snapshot tells, the record's life becomes that of a resource whose update began and
/// went as the member says; only one that is ACTIVE or on its way there can have had one, of others the member stays as
/// it is.
void take_update(PartialResource& partial, storage::Record& record, const lifecycle::Plan& plan, base::Instant now);

}  // namespace plocal::snapshot
