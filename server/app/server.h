// The running program: listeners and I/O threads around one engine, from the ready line to the last answer.
#pragma once

#include <optional>

#include "server/app/certificates.h"
#include "server/app/engine/engine.h"
#include "server/app/options.h"
#include "server/base/log.h"

namespace plocal::app {

/// From here on, until there is a server to stop, SIGTERM and SIGINT end the process at once with exit code 0: the
/// first process of a container would not hear them else.
void end_on_signals();

/// Serves until SIGTERM or SIGINT: then requests under way are answered, and it returns within two seconds, or the
/// process ends with exit code 0; a second signal ends it at once. Prints the ready line to stdout when the port is
/// open. Throws UsageError where an address cannot be had. Once in a process.
void serve(const Options& options, const std::optional<Certificates>& certificates, engine::Engine& engine,
           storage::Store& store, base::Log& log);

}  // namespace plocal::app
