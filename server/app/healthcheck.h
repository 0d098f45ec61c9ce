// Asks a running server whether it is ready. Blocks the calling thread.
#pragma once

#include <string>

#include "server/app/options.h"

namespace plocal::app {

/// Empty if the server at `options.url`, or where `serve` would listen with these options, answers that it is ready;
/// else what it does instead. Gives up after two seconds without a connection or without a byte, and after four in all.
/// An https URL is trusted by the CAs in `options.ca_bundle` or else the system's, and by the CA that a server with
/// these options makes. Throws UsageError if the URL or the bundle cannot be used.
std::string fault_of_health(const Options& options);

}  // namespace plocal::app
