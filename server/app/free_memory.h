// How the program uses jemalloc, where it is linked with it: few arenas, and no free memory kept from the start.
#pragma once

namespace plocal::app {

/// Gives free memory back to the system: jemalloc by itself does so only while a thread allocates, which an idle server
/// does not. Takes less than a millisecond. From any thread.
void give_back_free_memory();

}  // namespace plocal::app
