// The flags of the program: name, default, help text, and how a value is read. Pure; immutable.
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
    bool is_repeatable = false;  // `read` is called for each value; the variable separates values by commas

    /// Reads one value into the options. Returns what was expected if the value is wrong, or else an empty text.
    std::string_view (*read)(Options& options, const std::string& value);
};

/// All flags, in the order of the help.
std::span<const Flag> flags();

/// Returns true for a text that may be the name of a region.
bool is_region(std::string_view text);

}  // namespace plocal::app
