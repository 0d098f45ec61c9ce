// What resources and requests of tenants depend on beside the store: clocks, lifecycles, quotas and rules, common and
// by account. `setting_table` has the row of each of them. On the thread that owns the world.
#pragma once

#include "server/local/rules/rule_books.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/quota_overrides.h"

namespace plocal::world {

/// The settings that the reading of documents depends on.
struct ReadingSettings {
    lifecycle::Clocks clocks;
    lifecycle::PlanOverrides plans;
    resources::QuotaOverrides quotas;
};

/// Can be moved, not copied.
struct TenantSettings : ReadingSettings {
    rules::RuleBooks rules;
};

}  // namespace plocal::world
