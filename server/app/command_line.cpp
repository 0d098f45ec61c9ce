#include "server/app/command_line.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <thread>

#include <CLI/CLI.hpp>

#include "server/app/engine/version.h"
#include "server/app/environment.h"
#include "server/app/option_table.h"
#include "server/base/nearest.h"
#include "server/base/problem.h"

namespace plocal::app {

std::string_view embedded(std::string_view name);  // made by the build

namespace {

using Values = std::map<std::string_view, std::vector<std::string>>;

/// The grammar of the program, with the flags of the table. The values of flags go to `given`.
class CommandLine {
public:
    explicit CommandLine(Values& given) {
        app_.set_help_flag("-h,--help", "show this help");
        app_.set_version_flag("--version", "personalize-local " + engine::version());
        app_.add_flag("--licenses", wants_licenses_, "show the licenses of this program and of the libraries in it");
        app_.fallthrough();
        app_.require_subcommand(0, 1);
        serve_ = app_.add_subcommand("serve", "start the server; the default");
        healthcheck_ = app_.add_subcommand("healthcheck", "exit 0 if a running server is ready, else 1");
        check_fixtures_ =
            app_.add_subcommand("check-fixtures", "validate fixtures: exit 0, or list every problem and exit 2");
        capture_ = app_.add_subcommand(
            "capture",
            "read a real account, and print it as fixtures: exit 0, 3 if something is missing, or 1 if all is");
        add_capture_flags();
        healthcheck_->add_option("--url", url_, "address of the server (default: where serve would listen)");
        check_fixtures_->add_option("PATH", paths_, "fixture files and folders")->required();
        for (const Flag& flag : flags()) add(flag, given[flag.name]);
        app_.footer("Every flag has an environment variable. A flag beats its variable, a variable beats the default.");
    }

    void parse(const std::vector<std::string>& arguments) {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // the order that CLI11 takes
        app_.parse(reversed);
    }

    void fill(Options& options) const {
        if (healthcheck_->parsed()) options.command = Command::healthcheck;
        if (check_fixtures_->parsed()) options.command = Command::check_fixtures;
        if (capture_->parsed()) options.command = Command::capture;
        options.url = url_;
        options.paths = paths_;
        options.capture = capture_options_;
    }

    /// The same for `serve --help`, because all flags are flags of serve.
    std::string help() const {
        if (!serve_->parsed()) return app_.help();
        return app_.get_formatter()->make_help(&app_, "", CLI::AppFormatMode::Normal);
    }

    bool wants_licenses() const { return wants_licenses_; }

    /// The arguments that do not fit the grammar.
    std::vector<std::string> extras() const { return app_.remaining(true); }

    std::vector<std::string> names() const {
        std::vector<std::string> names{"serve",  "healthcheck", "check-fixtures", "capture",
                                       "--help", "--version",   "--licenses",     "--url"};
        for (const CLI::Option* const option : capture_->get_options()) names.push_back(option->get_name());
        for (const Flag& flag : flags()) names.push_back("--" + std::string(flag.name));
        return names;
    }

private:
    void add(const Flag& flag, std::vector<std::string>& values) {
        std::string help(flag.help);
        help.append(flag.is_repeatable ? "; repeatable" : "").append("\n(default: ").append(flag.default_text);
        help.append("; ").append(variable_of(flag.name)).append(")");
        app_.add_option("--" + std::string(flag.name), values, help)
            ->type_name(std::string(flag.value_name))
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->group(std::string(flag.group));
    }

    void add_capture_flags() {
        CaptureOptions& to = capture_options_;
        capture_
            ->add_option("--region", to.regions,
                         "region to read (default: AWS_REGION, or else that of the profile); repeatable")
            ->type_name("REGION")
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        capture_->add_option("--dataset-group", to.dataset_group, "read only this dataset group and what belongs to it")
            ->type_name("ARN");
        capture_->add_option("--profile", to.profile, "profile of the AWS credentials and config files, with the keys")
            ->type_name("NAME");
        capture_->add_option("--endpoint-url", to.endpoint_url, "where to read (default: the service in the region)")
            ->type_name("URL");
        capture_->add_option("--as", to.as_account, "account to put in the place of the real one")->type_name("DIGITS");
    }

    CLI::App app_{"personalize-local: a local Amazon Personalize", "personalize-local"};
    CLI::App* serve_ = nullptr;
    CLI::App* healthcheck_ = nullptr;
    CLI::App* check_fixtures_ = nullptr;
    CLI::App* capture_ = nullptr;
    bool wants_licenses_ = false;
    std::string url_;
    CaptureOptions capture_options_;
    std::vector<std::string> paths_;
};

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

/// The argument to complain about: the first unknown flag, because what follows it is most likely its value; or else
/// the first unknown argument.
std::string misplaced(const std::vector<std::string>& extras, const std::vector<std::string>& arguments) {
    const auto is_extra_flag = [&](const std::string& argument) {
        return argument.starts_with('-') && std::ranges::find(extras, argument) != extras.end();
    };
    const auto flag = std::ranges::find_if(arguments, is_extra_flag);
    return flag != arguments.end() ? *flag : extras.front();
}

[[noreturn]] void refuse(const CommandLine& command_line, const CLI::ParseError& error,
                         const std::vector<std::string>& arguments) {
    const std::vector<std::string> extras = command_line.extras();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr || extras.empty()) {
        throw UsageError(std::string(error.what()) + "; see personalize-local --help");
    }
    const std::vector<std::string> names = command_line.names();
    const std::string argument = misplaced(extras, arguments);
    const std::string name = argument.starts_with('-') ? argument.substr(0, argument.find('=')) : argument;
    if (std::ranges::find(names, name) != names.end()) {
        throw UsageError("'" + name + "' does not apply to this command; see personalize-local --help");
    }
    throw UsageError("unknown argument '" + name + "';" + base::suggestion(name, names) +
                     " see personalize-local --help");
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
    Values given;
    CommandLine command_line(given);
    try {
        command_line.parse(arguments);
    } catch (const CLI::CallForHelp&) {
        return Text{command_line.help()};
    } catch (const CLI::CallForVersion&) {
        return Text{"personalize-local " + engine::version() + "\n"};
    } catch (const CLI::ParseError& error) {
        refuse(command_line, error, arguments);
    }
    if (command_line.wants_licenses()) return Text{std::string(embedded("NOTICES"))};
    Options options;
    options.threads = std::max(1U, std::thread::hardware_concurrency());
    command_line.fill(options);
    const Environment variables(environment, options.notes);
    for (const Flag& flag : flags()) apply(options, flag, given[flag.name], variables);
    options.data_home = data_home(environment);
    options.s3_key = {.access_key = value_of(environment, "AWS_ACCESS_KEY_ID"),
                      .secret = value_of(environment, "AWS_SECRET_ACCESS_KEY"),
                      .session_token = value_of(environment, "AWS_SESSION_TOKEN")};
    options.ca_bundle = value_of(environment, "AWS_CA_BUNDLE");
    options.capture.aws = aws_variables(environment);
    // A region in front of the command belongs to the server's flags by the grammar.
    if (options.capture.regions.empty()) options.capture.regions = given["region"];
    return options;
}

}  // namespace plocal::app
