// What a world is made from. Plain values.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "server/base/spool.h"
#include "server/local/snapshot/document.h"
#include "server/local/world/setting_table.h"
#include "server/local/world/tenant_settings.h"
#include "server/service/lifecycle/clock.h"
#include "server/service/resources/context.h"

namespace plocal::world {

struct WorldConfig {
    resources::ServiceSettings settings;
    lifecycle::Clock clock = lifecycle::Clock::real();
    bool is_clock_given = false;  // then `clock` beats a clock of the database and of documents
    std::size_t journal_capacity = 10'000;
    std::vector<snapshot::Document> documents;
    std::vector<std::string> accounts;  // each gets its own copy of the resources and settings of the documents
    base::SpoolPlace spool_place;       // of long documents, while they are received or sent
};

/// The settings of tenants before any document is read.
TenantSettings fresh_settings(const WorldConfig& config);

/// The settings that documents do not change: a clock that was given at the start beats theirs, in the common section
/// and in those of these accounts.
SettingKeys settings_fixed_by_flags(const WorldConfig& config, const std::vector<std::string>& accounts);

}  // namespace plocal::world
