// Random numbers that depend on a seed and a key alone: the same seed and key give the same number, whatever was drawn
// before. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace plocal::base {

/// Identifies one draw. The caller chooses what kind, parent and ordinal mean. The key has no global counter, so
/// parallel test suites and restarts change no draw. The texts must live until the call returns.
struct RandomKey {
    std::uint64_t seed = 0;
    std::string_view account;
    std::string_view kind;
    std::string_view parent;
    std::int64_t ordinal = 0;
};

/// Returns 64 uniformly distributed bits.
std::uint64_t random_bits(const RandomKey& key);

/// Returns a uniformly distributed number in [0..1).
double random_fraction(const RandomKey& key);

}  // namespace plocal::base
