#include "server/base/random.h"

namespace plocal::base {
namespace {

/// FNV-1a over a text and a separator. The separator makes ("ab", "c") and ("a", "bc") different.
std::uint64_t mixed(std::uint64_t hash, std::string_view text) {
    constexpr std::uint64_t prime = 0x100000001b3;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
    return (hash ^ 0xff) * prime;
}

/// The finalizer of splitmix64: every bit of the input affects every bit of the output.
std::uint64_t finished(std::uint64_t bits) {
    bits += 0x9e3779b97f4a7c15;
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111eb;
    return bits ^ (bits >> 31U);
}

}  // namespace

std::uint64_t random_bits(const RandomKey& key) {
    constexpr std::uint64_t offset_basis = 0xcbf29ce484222325;
    const std::uint64_t hash = mixed(mixed(mixed(offset_basis, key.account), key.kind), key.parent);
    return finished(finished(hash ^ finished(key.seed)) ^ static_cast<std::uint64_t>(key.ordinal));
}

double random_fraction(const RandomKey& key) {
    constexpr double two_to_53 = 9007199254740992.0;
    return static_cast<double>(random_bits(key) >> 11U) / two_to_53;
}

}  // namespace plocal::base
