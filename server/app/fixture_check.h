// Checks documents as a world would read them, and stores nothing. Pure but for the reading of files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/local/world/world.h"

namespace plocal::app {

/// What documents without problems hold.
struct CheckedFixtures {
    std::int64_t resources = 0;
    std::vector<std::string> notes;  // as the log has them when a new world is made from the documents
};

/// Throws BadDocuments with what the constructor of World would throw for an empty store.
CheckedFixtures check_fixtures(const world::WorldConfig& config);

}  // namespace plocal::app
