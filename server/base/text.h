// Letters of ASCII in either case, as HTTP and INI texts take them: the machine's locale has no say. Pure.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace plocal::base {

constexpr char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

inline std::string lower(std::string_view text) {
    std::string out(text);
    for (char& letter : out) letter = lower(letter);
    return out;
}

/// Whether the texts differ in the case of letters at most.
inline bool is_same_in_any_case(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace plocal::base
