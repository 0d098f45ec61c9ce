// Reads the command line and the environment into Options. The flags are those of option_table.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "server/app/options.h"

namespace plocal::app {

/// What is printed instead of a run: help or version.
struct Text {
    std::string text;
};

/// Reads arguments, without the name of the program, and environment entries of the form "NAME=value". A flag beats its
/// variable, a variable beats the default. Throws UsageError.
std::variant<Options, Text> read_options(const std::vector<std::string>& arguments,
                                         const std::vector<std::string>& environment);

}  // namespace plocal::app
