// What a fuzz target is: a function that takes any bytes and ends the program where a property does not hold. Its
// source makes a program of libFuzzer in the preset fuzz. In all others it is one of the targets of fuzz_corpora, which
// runs the inputs of a folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace plocal::fuzz {

using Run = void (*)(std::string_view input);

/// Makes a target known to fuzz_corpora. The name must outlive the program.
struct Target {
    Target(const char* name, Run run);
};

/// Prints what does not hold and what was found instead, and ends the program.
inline void require(bool holds, std::string_view property, std::string_view found = {}) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %.*s\nfound: %.*s\n", static_cast<int>(property.size()), property.data(),
                 static_cast<int>(found.size()), found.data());
    std::abort();
}

/// Takes the text before the first separator, and the separator, from the front of a text.
inline std::string_view take_until(std::string_view& text, std::string_view separator) {
    const std::size_t at = text.find(separator);
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + separator.size());
    return taken;
}

}  // namespace plocal::fuzz

#ifdef PLOCAL_FUZZ
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
#define PLOCAL_FUZZ_TARGET(name, run)                                                         \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) { \
        run(std::string_view(reinterpret_cast<const char*>(data), size_bytes));               \
        return 0;                                                                             \
    }
#else
#define PLOCAL_FUZZ_TARGET(name, run) static const plocal::fuzz::Target target_of_##name(#name, run);
#endif
