// Ids that follow from the seed, and from whose they are: never from what else was made before. Pure.
#pragma once

#include <string>

#include "server/base/random.h"

namespace plocal::resources {

/// Eight hexadecimal digits, as the service ends the ARNs of solution versions and event trackers (seen).
std::string short_id(const base::RandomKey& name);

/// A UUID in lower case, of version 4.
std::string uuid(const base::RandomKey& name);

}  // namespace plocal::resources
