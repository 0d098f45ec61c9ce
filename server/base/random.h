// Chance that follows from a seed: the same seed and the same name give the same draw, whatever else was drawn before.
// Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace plocal::base {

/// What a draw is for: (seed, account, kind, parent, ordinal) in the words of whoever draws. No global order is in it,
/// so that suites in parallel and restarts change nothing.
struct RandomKey {
    std::uint64_t seed = 0;
    std::string_view account;
    std::string_view kind;
    std::string_view parent;
    std::int64_t ordinal = 0;
};

/// 64 bits, evenly spread.
std::uint64_t random_bits(const RandomKey& name);

/// A number in [0..1), evenly spread.
double random_fraction(const RandomKey& name);

}  // namespace plocal::base
