// Ids that follow from the seed, and from whose they are: never from what else was made before. Pure.
#pragma once

#include <string>

#include "server/lifecycle/draw.h"

namespace plocal::operations {

/// Eight hexadecimal digits, as the service ends the ARNs of solution versions and event trackers (seen).
std::string short_id(const lifecycle::DrawName& name);

/// A UUID in lower case, of version 4.
std::string uuid(const lifecycle::DrawName& name);

}  // namespace plocal::operations
