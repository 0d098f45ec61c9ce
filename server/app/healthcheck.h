// Asks a running server whether it is ready.
#pragma once

#include <string>

#include "server/app/options.h"

namespace plocal::app {

/// Empty where the server at `options.url`, or where `serve` would listen with these options, answers within two
/// seconds that it is ready; else what it does instead. Throws UsageError for a URL that is none.
std::string fault_of_health(const Options& options);

}  // namespace plocal::app
