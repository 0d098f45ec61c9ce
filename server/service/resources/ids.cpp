#include "server/service/resources/ids.h"

#include <cstdint>
#include <string_view>

namespace plocal::resources {
namespace {

std::string hexadecimal(std::uint64_t bits, int digits) {
    constexpr std::string_view alphabet = "0123456789abcdef";
    std::string text;
    for (int digit = digits - 1; digit >= 0; --digit) text += alphabet[(bits >> (4 * digit)) & 0xF];
    return text;
}

}  // namespace

std::string short_id(const base::RandomKey& name) {
    return hexadecimal(base::random_bits(name) >> 32, 8);
}

std::string uuid(const base::RandomKey& name) {
    base::RandomKey second = name;
    second.ordinal = ~name.ordinal;
    constexpr std::uint64_t version_4 = 0x4000;
    constexpr std::uint64_t variant_1 = 0x8000000000000000;
    const std::uint64_t high = (base::random_bits(name) & ~std::uint64_t{0xF000}) | version_4;
    const std::uint64_t low = (base::random_bits(second) & ~std::uint64_t{0xC000000000000000}) | variant_1;
    return hexadecimal(high >> 32, 8) + "-" + hexadecimal(high >> 16, 4) + "-" + hexadecimal(high, 4) + "-" +
           hexadecimal(low >> 48, 4) + "-" + hexadecimal(low, 12);
}

}  // namespace plocal::resources
