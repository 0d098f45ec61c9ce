// Every flag of the program: its name, default, help, and what its text means.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/app/options.h"

namespace plocal::app {

struct Flag {
    std::string_view name;  // "in-progress"; its variable is PERSONALIZE_LOCAL_IN_PROGRESS
    std::string_view value_name;
    std::string_view default_text;  // as the help shows it
    std::string_view group;
    std::string_view help;
    bool is_repeatable = false;  // each value is read in turn; in the variable they are separated by commas
    /// Reads one value into the options. Returns what was expected where it cannot, else nothing.
    std::string_view (*read)(Options& options, const std::string& value);
};

std::span<const Flag> flags();

}  // namespace plocal::app
