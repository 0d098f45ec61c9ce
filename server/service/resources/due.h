// The work that the service does by itself at a certain time: removing deleted resources, applying finished updates,
// and running the due hooks of kinds. On the thread that owns the store.
#pragma once

#include <string>
#include <vector>

#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/context.h"
#include "server/service/resources/hooks.h"
#include "server/service/resources/quota_overrides.h"
#include "storage/store.h"

namespace plocal::resources {

/// The input of due work.
struct DueContext {
    storage::Store& store;
    const ServiceSettings& settings;
    const lifecycle::PlanOverrides& plans;
    const QuotaOverrides& quotas;
    const HookTable& hooks;
    std::vector<std::string>& notes;  // lines for the log
};

/// Does all work that is due by now, in one transaction, each piece with the time at which it was due. Cheap if nothing
/// is due. Throws SqlError.
void run_due(const DueContext& due, lifecycle::ClockReadings& readings);

}  // namespace plocal::resources
