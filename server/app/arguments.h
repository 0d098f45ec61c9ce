// The grammar of the command line: the commands, the flags of each, and the flags of option_table, which apply to all
// commands and may stand before or after the command. Values are not read here. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/app/options.h"

namespace plocal::app {

struct Arguments {
    Command command = Command::serve;
    std::map<std::string_view, std::vector<std::string>> flags;  // values of the flags of option_table, by name
    std::string url;                                             // of healthcheck
    std::vector<std::string> paths;                              // of check-fixtures
    CaptureOptions capture;
    bool wants_help = false;
    bool wants_version = false;
};

/// Takes arguments apart, without the name of the program. Throws UsageError, unless help or version is asked for.
Arguments parse_arguments(const std::vector<std::string>& arguments);

/// A command, and what it does, as the help shows them.
struct CommandRow {
    Command command;
    std::string_view name;
    std::string_view about;
    std::string_view operand = {};  // "PATH"; empty for none
};

const std::vector<CommandRow>& commands();

/// A flag that one command has alone.
struct CommandFlag {
    Command command;
    std::string_view name;
    std::string_view value_name;
    std::string_view help;
    void (*take)(Arguments& arguments, const std::string& value);
};

const std::vector<CommandFlag>& command_flags();

}  // namespace plocal::app
