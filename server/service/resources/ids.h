// Generates ids. An id depends on its key alone, never on other ids that were generated before. Pure.
#pragma once

#include <string>

#include "server/base/random.h"

namespace plocal::resources {

/// Returns eight hexadecimal digits, as at the end of the ARNs of solution versions and event trackers (seen).
std::string short_id(const base::RandomKey& key);

/// Returns a version 4 UUID in lower case.
std::string uuid(const base::RandomKey& key);

}  // namespace plocal::resources
