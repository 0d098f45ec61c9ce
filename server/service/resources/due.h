// What the service does by itself when its time has come: it removes what has been deleted, lets finished updates take
// effect, and runs the due hooks of kinds. On the thread that owns the store.
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

/// What due work needs of the world.
struct DueContext {
    storage::Store& store;
    const ServiceSettings& settings;
    const lifecycle::PlanOverrides& plans;
    const QuotaOverrides& quotas;
    const HookTable& hooks;
    std::vector<std::string>& notes;  // what the log should say of it
};

/// Does all that is due by now, each piece at its own moment, in one transaction. Costs nothing where nothing is due.
/// Throws SqlError.
void run_due(const DueContext& due, lifecycle::ClockReadings& readings);

}  // namespace plocal::resources
