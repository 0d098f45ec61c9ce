#include "server/service/resources/ids.h"

#include <cstddef>
#include <cstdint>

#include "server/base/text.h"

namespace plocal::resources {

using base::hexadecimal;

std::string short_id(const base::RandomKey& key) {
    return hexadecimal(base::random_bits(key) >> 32, 8);
}

std::string uuid(const base::RandomKey& key) {
    base::RandomKey second = key;
    second.ordinal = ~key.ordinal;
    constexpr std::uint64_t version_4 = 0x4000;
    constexpr std::uint64_t variant_1 = 0x8000000000000000;
    const std::uint64_t high = (base::random_bits(key) & ~std::uint64_t{0xF000}) | version_4;
    const std::uint64_t low = (base::random_bits(second) & ~std::uint64_t{0xC000000000000000}) | variant_1;
    return hexadecimal(high >> 32, 8) + "-" + hexadecimal(high >> 16, 4) + "-" + hexadecimal(high, 4) + "-" +
           hexadecimal(low >> 48, 4) + "-" + hexadecimal(low, 12);
}

std::string recommendation_id(const base::RandomKey& answer, std::string_view source) {
    constexpr std::size_t left_out = 11;  // of the 36 characters of a UUID
    return "RID-" + uuid(answer).substr(left_out) + "-CID-" + source_id(answer.seed, source);
}

std::string source_id(std::uint64_t seed, std::string_view source) {
    constexpr unsigned other_bits = 64 - 6 * 4;
    const std::uint64_t bits =
        base::random_bits({.seed = seed, .account = {}, .kind = "recommendation source", .parent = source});
    return hexadecimal(bits >> other_bits, 6);
}

}  // namespace plocal::resources
