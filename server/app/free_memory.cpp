#include "server/app/free_memory.h"

#include <cstddef>

// The names are jemalloc's. Tests are linked without it.
extern "C" {
int mallctl(const char* name, void* old_value, std::size_t* old_size, void* new_value, std::size_t new_size)
    __attribute__((weak));

// Each arena keeps memory of its own. The default is four for each processor.
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2";
}

namespace plocal::app {

void give_back_free_memory() {
    if (mallctl == nullptr) return;
    mallctl("thread.tcache.flush", nullptr, nullptr, nullptr, 0);
    mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);  // 4096 stands for all arenas
}

}  // namespace plocal::app
