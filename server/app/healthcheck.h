// Asks a running server whether it is ready.
#pragma once

#include "server/app/options.h"

namespace plocal::app {

/// Whether the server at `options.url`, or where `serve` would listen with these options, answers within two seconds
/// that it is ready. Throws UsageError for a URL that is none.
bool is_healthy(const Options& options);

}  // namespace plocal::app
