// Takes a flag that another thread holds for some microseconds: trying for about as long is cheaper than being called
// back. From any thread.
#pragma once

#include <atomic>

namespace plocal::engine {

inline void pause() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("isb");
#endif
}

/// Sets the flag. Returns false if it stays set by others.
inline bool try_to_set(std::atomic<bool>& flag) {
    constexpr int most_tries = 100;
    for (int tries = 0; tries < most_tries; ++tries) {
        if (!flag.load(std::memory_order_relaxed) && !flag.exchange(true, std::memory_order_acquire)) return true;
        pause();
    }
    return false;
}

}  // namespace plocal::engine
