// Differences between what is seen and what a reference model expects, as texts for a failure.
#pragma once

#include <string>

#include "server/base/json.h"

namespace plocal::deployment {

/// Returns "" for equal values. The order of members makes no difference.
std::string difference(const std::string& what, const base::Json& is, const base::Json& expected);

}  // namespace plocal::deployment
