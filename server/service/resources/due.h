// What the service does when its time has come, whoever asks then: resources that have left are taken away, solutions
// train, updates that are done change what a resource names. On the thread that owns the store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/context.h"
#include "server/service/resources/quotas.h"
#include "storage/record.h"
#include "storage/store.h"

namespace plocal::resources {

/// Does all that is due by now, each at its own moment, in one transaction. Costs nothing where nothing is. Throws
/// SqlError.
void settle(storage::Store& store, const Settings& settings, lifecycle::Moments& moments,
            const lifecycle::PlanBook& plans, const QuotaBook& quotas, std::vector<std::string>& notes);

/// Where a resource comes to rest and when it is due, its timeline or its update having been changed now. Does not save
/// it.
void reckon(storage::Record& record, std::uint64_t seed, base::Instant now);

}  // namespace plocal::resources
