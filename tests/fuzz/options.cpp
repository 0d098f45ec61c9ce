// The command line: arguments, one a line, and after an empty line the environment. What is wrong is a usage error in
// one line.
#include <string>
#include <variant>
#include <vector>

#include "server/app/command_line.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) lines.emplace_back(take_until(text, "\n"));
    return lines;
}

void run_options(std::string_view input) {
    // The system ends each argument and variable at a zero byte.
    if (input.find('\0') != std::string_view::npos) return;
    const std::string_view arguments = take_until(input, "\n\n");
    try {
        const auto read = app::read_options(lines_of(arguments), lines_of(input));
        if (const auto* const options = std::get_if<app::Options>(&read)) app::require_consistent(*options);
    } catch (const app::UsageError& error) {
        const std::string_view text = error.what();
        require(!text.empty() && text.find('\n') == std::string_view::npos, "a usage error is one line", text);
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(options, plocal::fuzz::run_options)
