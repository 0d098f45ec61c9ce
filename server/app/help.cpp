#include "server/app/help.h"

#include <string_view>

#include "server/app/arguments.h"
#include "server/app/environment.h"
#include "server/app/option_table.h"

namespace plocal::app {
namespace {

constexpr std::size_t column = 30;

/// A name, and what it means from a fixed column on. A name that is too long for that has a line of its own.
void add_entry(std::string& text, std::string_view name, std::string_view about) {
    const std::size_t begin = text.size();
    text.append("  ").append(name);
    const std::string margin(column, ' ');
    const std::size_t size = text.size() - begin;
    if (size < column) {
        text.append(column - size, ' ');
    } else {
        text.append("\n").append(margin);
    }
    for (const char c : about) {
        text += c;
        if (c == '\n') text += margin;
    }
    text += '\n';
}

std::string long_name(std::string_view name, std::string_view value_name) {
    return std::string("--").append(name).append(" ").append(value_name);
}

void add_flags_of(std::string& text, Command command) {
    for (const CommandFlag& flag : command_flags()) {
        if (flag.command == command) add_entry(text, long_name(flag.name, flag.value_name), flag.help);
    }
}

void add_flags(std::string& text) {
    std::string_view group;
    for (const Flag& flag : flags()) {
        if (flag.group != group) text.append("\n").append(flag.group).append(":\n");
        group = flag.group;
        std::string about(flag.help);
        about.append(flag.is_repeatable ? "; repeatable" : "").append("\n(default: ").append(flag.default_text);
        about.append("; ").append(variable_of(flag.name)).append(")");
        add_entry(text, long_name(flag.name, flag.value_name), about);
    }
}

std::string help_of_program() {
    std::string text =
        "personalize-local: a local Amazon Personalize\nUsage: personalize-local [OPTIONS] [SUBCOMMAND]\n\nOptions:\n";
    add_entry(text, "-h,--help", "show this help");
    add_entry(text, "--version", "show the version");
    add_flags(text);
    text += "\nSubcommands:\n";
    for (const CommandRow& row : commands()) add_entry(text, row.name, row.about);
    return text +
           "\nEvery flag has an environment variable. A flag beats its variable, a variable beats the default.\n";
}

}  // namespace

std::string help_of(Command command) {
    if (command == Command::serve) return help_of_program();
    std::string text;
    for (const CommandRow& row : commands()) {
        if (row.command != command) continue;
        text.append(row.about).append("\nUsage: personalize-local ").append(row.name).append(" [OPTIONS]");
        if (!row.operand.empty()) text.append(" ").append(row.operand).append("...");
    }
    text += "\n\nOptions:\n";
    add_entry(text, "-h,--help", "show this help");
    add_flags_of(text, command);
    return text + "\nThe flags of personalize-local --help apply too.\n";
}

}  // namespace plocal::app
