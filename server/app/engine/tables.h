// The compiled-in tables of the services, read ahead of the first request that needs them: that takes some
// milliseconds.
#pragma once

namespace plocal::engine {

/// Reads the tables that are not read yet. Whoever needs one meanwhile waits for it alone. From any thread.
void read_tables();

}  // namespace plocal::engine
