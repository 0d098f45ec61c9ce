#include "server/app/arguments.h"

#include <algorithm>
#include <optional>

#include "server/app/option_table.h"
#include "server/base/nearest.h"

namespace plocal::app {
namespace {

constexpr std::string_view see_help = "; see personalize-local --help";

/// Reads the arguments from left to right.
class Parser {
public:
    explicit Parser(const std::vector<std::string>& arguments) : arguments_(arguments) {}

    Arguments run() {
        while (at_ < arguments_.size()) take(arguments_[at_++]);
        const bool is_asked = parsed_.wants_help || parsed_.wants_version;
        if (!extras_.empty() && !is_asked) refuse_extras();
        if (!fault_.empty() && !is_asked) throw UsageError(fault_);
        const bool lacks_path = parsed_.command == Command::check_fixtures && parsed_.paths.empty();
        if (lacks_path && !is_asked) throw UsageError("check-fixtures needs a PATH" + std::string(see_help));
        return std::move(parsed_);
    }

private:
    void take(const std::string& argument) {
        if (!is_after_dashes_ && argument == "--") {
            is_after_dashes_ = true;
        } else if (!is_after_dashes_ && argument.size() > 1 && argument.starts_with('-')) {
            take_flag(argument);
        } else {
            take_word(argument);
        }
    }

    void take_flag(const std::string& argument) {
        if (argument == "-h" || argument == "--help") {
            parsed_.wants_help = true;
            return;
        }
        if (argument == "--version") {
            parsed_.wants_version = true;
            return;
        }
        const std::size_t equals = std::min(argument.find('='), argument.size());
        const std::string_view name =
            argument.starts_with("--") ? std::string_view(argument).substr(2, equals - 2) : std::string_view();
        const auto own = std::ranges::find_if(command_flags(), [&](const CommandFlag& each) {
            return each.command == parsed_.command && each.name == name;
        });
        const auto common = std::ranges::find(flags(), name, &Flag::name);
        const bool is_own = own != command_flags().end();
        if (!is_own && common == flags().end()) return extras_.push_back(argument);
        const std::optional<std::string> value =
            value_of(argument, equals, is_own ? own->value_name : common->value_name);
        if (!value) return;
        if (is_own) {
            own->take(parsed_, *value);
        } else {
            parsed_.flags[common->name].push_back(*value);
        }
    }

    /// The text behind the equals sign, or else the next argument, whatever it is.
    std::optional<std::string> value_of(const std::string& argument, std::size_t equals, std::string_view value_name) {
        if (equals < argument.size()) return argument.substr(equals + 1);
        if (at_ < arguments_.size()) return arguments_[at_++];
        fault_ = argument;
        fault_.append(": expected ").append(value_name).append(" behind it, found the end").append(see_help);
        return std::nullopt;
    }

    void take_word(const std::string& argument) {
        if (parsed_.command == Command::check_fixtures) return parsed_.paths.push_back(argument);
        const auto row = std::ranges::find(commands(), argument, &CommandRow::name);
        if (row == commands().end() || is_after_dashes_) return extras_.push_back(argument);
        if (!command_name_.empty() && fault_.empty()) {
            fault_ = "expected one command, found '" + command_name_;
            fault_.append("' and '").append(argument).append("'").append(see_help);
        }
        parsed_.command = row->command;
        command_name_ = argument;
    }

    /// Names the first unknown flag, because what follows it is most likely its value; or else the first unknown
    /// argument.
    [[noreturn]] void refuse_extras() const {
        std::vector<std::string> names{"--help", "--version"};
        for (const CommandRow& each : commands()) names.emplace_back(each.name);
        for (const CommandFlag& each : command_flags()) names.push_back("--" + std::string(each.name));
        for (const Flag& each : flags()) names.push_back("--" + std::string(each.name));
        const auto flag = std::ranges::find_if(extras_, [](const auto& extra) { return extra.starts_with('-'); });
        const std::string& argument = flag == extras_.end() ? extras_.front() : *flag;
        const std::string name = argument.starts_with('-') ? argument.substr(0, argument.find('=')) : argument;
        if (std::ranges::find(names, name) != names.end()) {
            throw UsageError("'" + name + "' does not apply to this command" + std::string(see_help));
        }
        throw UsageError("unknown argument '" + name + "';" + base::suggestion(name, names) +
                         " see personalize-local --help");
    }

    const std::vector<std::string>& arguments_;
    std::size_t at_ = 0;
    bool is_after_dashes_ = false;
    std::string command_name_;         // empty while none is named
    std::vector<std::string> extras_;  // what does not fit the grammar
    std::string fault_;                // the first other error
    Arguments parsed_;
};

}  // namespace

Arguments parse_arguments(const std::vector<std::string>& arguments) {
    return Parser(arguments).run();
}

const std::vector<CommandRow>& commands() {
    static const std::vector<CommandRow> rows = {
        {Command::serve, "serve", "start the server; the default"},
        {Command::healthcheck, "healthcheck", "exit 0 if a running server is ready, else 1"},
        {Command::check_fixtures, "check-fixtures", "validate fixtures: exit 0, or list every problem and exit 2",
         "PATH"},
        {Command::capture, "capture",
         "read a real account, and print it as fixtures: exit 0, 3 if something is missing, or 1 if all is"},
    };
    return rows;
}

const std::vector<CommandFlag>& command_flags() {
    static const std::vector<CommandFlag> rows = {
        {Command::healthcheck, "url", "URL", "address of the server (default: where serve would listen)",
         [](Arguments& to, const std::string& value) { to.url = value; }},
        {Command::capture, "region", "REGION",
         "region to read (default: AWS_REGION, or else that of the profile); repeatable",
         [](Arguments& to, const std::string& value) { to.capture.regions.push_back(value); }},
        {Command::capture, "dataset-group", "ARN", "read only this dataset group and what belongs to it",
         [](Arguments& to, const std::string& value) { to.capture.dataset_group = value; }},
        {Command::capture, "profile", "NAME", "profile of the AWS credentials and config files, with the keys",
         [](Arguments& to, const std::string& value) { to.capture.profile = value; }},
        {Command::capture, "endpoint-url", "URL", "where to read (default: the service in the region)",
         [](Arguments& to, const std::string& value) { to.capture.endpoint_url = value; }},
        {Command::capture, "as", "DIGITS", "account to put in the place of the real one",
         [](Arguments& to, const std::string& value) { to.capture.as_account = value; }},
    };
    return rows;
}

}  // namespace plocal::app
