// The running server: listeners, I/O threads and job threads around one engine, from the ready line to the last
// response.
#pragma once

#include <optional>

#include "server/app/certificates.h"
#include "server/app/engine/engine.h"
#include "server/app/options.h"
#include "server/base/log.h"
#include "server/service/s3/object_store.h"

namespace plocal::app {

/// Makes SIGTERM and SIGINT end the process at once with exit code 0, until serve() handles them. The first process of
/// a container would ignore them otherwise.
void end_on_signals();

/// Serves until SIGTERM or SIGINT, or until stdin ends if the options say so. Then answers the requests in flight and
/// returns. Where that takes more than two seconds the process ends with exit code 0; a second signal ends it at once.
/// Work that is not done starts again after a restart. `objects` is what jobs read and write; null for none. Prints the
/// ready line to stdout once the port is open. Throws UsageError where an address cannot be had. May be called once in
/// a process.
void serve(const Options& options, const std::optional<Certificates>& certificates, engine::Engine& engine,
           s3::ObjectStore* objects, storage::Store& store, base::Log& log);

}  // namespace plocal::app
