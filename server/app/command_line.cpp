#include "server/app/command_line.h"

#include <algorithm>
#include <string_view>
#include <thread>
#include <utility>

#include "server/app/arguments.h"
#include "server/app/engine/engine.h"
#include "server/app/environment.h"
#include "server/app/help.h"
#include "server/app/option_table.h"
#include "server/base/problem.h"

namespace plocal::app {
namespace {

void read_value(Options& options, const Flag& flag, const std::string& source, const std::string& value) {
    const std::string_view expected = flag.read(options, value);
    if (expected.empty()) return;
    throw UsageError(source + ": " + base::mismatch(expected, "'" + value + "'"));
}

void apply(Options& options, const Flag& flag, const std::vector<std::string>& given, const Environment& environment) {
    if (!given.empty()) {
        for (const std::string& value : given) read_value(options, flag, "--" + std::string(flag.name), value);
        return;
    }
    const std::string variable = variable_of(flag.name);
    for (const std::string& value : environment.values(variable, flag.is_repeatable)) {
        read_value(options, flag, variable, value);
    }
}

/// The value of a variable, or empty.
std::string value_of(const std::vector<std::string>& environment, std::string_view name) {
    const auto found = std::ranges::find_if(environment, [name](const std::string& entry) {
        return entry.starts_with(name) && entry.substr(name.size(), 1) == "=";
    });
    return found == environment.end() ? std::string() : found->substr(name.size() + 1);
}

/// The folder for data of the user's programs, or empty. https://specifications.freedesktop.org/basedir-spec
std::string data_home(const std::vector<std::string>& environment) {
    const std::string home = value_of(environment, "HOME");
    std::string data = value_of(environment, "XDG_DATA_HOME");
    if (data.starts_with('/')) return data;
    return home.empty() ? "" : home + "/.local/share";
}

AwsVariables aws_variables(const std::vector<std::string>& environment) {
    const std::string region = value_of(environment, "AWS_REGION");
    return {.access_key = value_of(environment, "AWS_ACCESS_KEY_ID"),
            .secret = value_of(environment, "AWS_SECRET_ACCESS_KEY"),
            .session_token = value_of(environment, "AWS_SESSION_TOKEN"),
            .profile = value_of(environment, "AWS_PROFILE"),
            .region = region.empty() ? value_of(environment, "AWS_DEFAULT_REGION") : region,
            .credentials_file = value_of(environment, "AWS_SHARED_CREDENTIALS_FILE"),
            .config_file = value_of(environment, "AWS_CONFIG_FILE"),
            .home = value_of(environment, "HOME")};
}

}  // namespace

std::variant<Options, Text> read_options(const std::vector<std::string>& arguments,
                                         const std::vector<std::string>& environment) {
    Arguments given = parse_arguments(arguments);
    if (given.wants_help) return Text{help_of(given.command)};
    if (given.wants_version) return Text{"personalize-local " + engine::version() + "\n"};
    Options options;
    options.threads = std::max(1U, std::thread::hardware_concurrency());
    options.command = given.command;
    options.url = std::move(given.url);
    options.paths = std::move(given.paths);
    options.capture = std::move(given.capture);
    const Environment variables(environment, options.notes);
    for (const Flag& flag : flags()) apply(options, flag, given.flags[flag.name], variables);
    options.data_home = data_home(environment);
    options.s3_key = {.access_key = value_of(environment, "AWS_ACCESS_KEY_ID"),
                      .secret = value_of(environment, "AWS_SECRET_ACCESS_KEY"),
                      .session_token = value_of(environment, "AWS_SESSION_TOKEN")};
    options.ca_bundle = value_of(environment, "AWS_CA_BUNDLE");
    options.capture.aws = aws_variables(environment);
    // A region in front of the command belongs to the server's flags by the grammar.
    if (options.capture.regions.empty()) options.capture.regions = given.flags["region"];
    return options;
}

}  // namespace plocal::app
