#include "server/app/command_line.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/app/engine/version.h"
#include "server/app/environment.h"
#include "server/app/option_table.h"
#include "server/base/iso8601.h"

namespace plocal::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Texts = std::vector<std::string>;

Options read(const Texts& arguments, const Texts& environment = {}) {
    return std::get<Options>(read_options(arguments, environment));
}

/// The error for arguments and environment; empty if there is none.
std::string complaint(const Texts& arguments, const Texts& environment = {}) {
    try {
        read_options(arguments, environment);
        return "";
    } catch (const UsageError& error) {
        return error.what();
    }
}

/// One flag with a value that is not its default, how to read the value from the options, and invalid values.
struct Row {
    const char* flag;
    const char* value;
    const char* other;
    std::string (*shown)(Options);
    Texts bad;
    const char* expected;
};

std::string joined(const Texts& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : "|") + text;
    return all;
}

std::string ms(const base::DurationRange& range) {
    EXPECT_EQ(range.from, range.to);
    return std::to_string(range.from.count());
}

const Row rows[] = {
    {"host",
     "0.0.0.0",
     "::1",
     [](Options o) { return joined(o.hosts); },
     {"localhost", "", "1.2.3", "1.2.3.4:80", "[::1]", " 127.0.0.1"},
     "a literal address such as 127.0.0.1, 0.0.0.0 or ::"},
    {"port",
     "1234",
     "0",
     [](Options o) { return std::to_string(o.port); },
     {"65536", "-1", "", "http", "80 ", "0x50", "1.5"},
     "a port from 0 to 65535"},
    {"threads",
     "3",
     "256",
     [](Options o) { return std::to_string(o.threads); },
     {"0", "257", "-1", "", "all"},
     "a number of threads from 1 to 256"},
    {"tls-cert", "server.pem", "auto", [](Options o) { return o.tls_certificate; }, {""}, "a file in PEM, or auto"},
    {"tls-key", "key.pem", "other.pem", [](Options o) { return o.tls_key; }, {""}, "a file in PEM"},
    {"tls-port",
     "1234",
     "0",
     [](Options o) { return std::to_string(o.tls_port); },
     {"65536", "-1", "", "https"},
     "a port from 0 to 65535"},
    {"tls-name",
     "personalize",
     "*.ci.example",
     [](Options o) { return joined(o.tls_names); },
     {"", "https://a", "a:7378", "a b", ".example", "example.", "a..b", "*.example", "a*.ci.example", "DNS:a"},
     "a host's name or address without a port"},
    {"auth",
     "sigv4",
     "none",
     [](Options o) { return std::string(o.is_auth_required ? "sigv4" : "none"); },
     {"", "SigV4", "sigv4a", "on"},
     "none or sigv4"},
    {"credentials",
     "keys.ini",
     "other.ini",
     [](Options o) { return o.credentials; },
     {""},
     "an AWS shared credentials file"},
    {"db", "world.db", "other.db", [](Options o) { return o.database; }, {""}, "a file, or :memory:"},
    {"fixtures", "a.json", "folder", [](Options o) { return joined(o.fixtures); }, {""}, "a file or a folder"},
    {"fixtures-json", "{}", "{\"filters\": []}", [](Options o) { return o.fixtures_json; }, {}, ""},
    {"fixtures-for",
     "123456789012",
     "111111111111",
     [](Options o) { return joined(o.fixtures_for); },
     {"12345678901", "", "twelvedigits"},
     "an account of twelve digits"},
    {"allowed-host",
     "ci.example",
     "*",
     [](Options o) { return joined(o.access.hosts); },
     {"", "ci.example:80", "http://ci.example"},
     "a host's name without a port, or *"},
    {"cors-origin",
     "https://app.example:8443",
     "*",
     [](Options o) { return joined(o.access.origins.others); },
     {"", "app.example", "https://app.example/"},
     "an origin such as https://app.example:8443, or *"},
    {"s3",
     "some/folder",
     "http://localhost:4566",
     [](Options o) { return o.s3; },
     {"", "s3://bucket", "http://", "http://localhost:99999", "https://user@host", "http://host/?a=b"},
     "none, a folder, or an S3 endpoint such as http://localhost:4566"},
    {"s3-timeout",
     "250",
     "60000",
     [](Options o) { return std::to_string(o.s3_timeout.count()); },
     {"0s", "", "30", "1s..2s"},
     "a duration such as 250ms, 2s or 5m, longer than none"},
    {"account",
     "123456789012",
     "111111111111",
     [](Options o) { return o.settings.home.account; },
     {"12345678901", "1234567890123", "12345678901a", "", " 23456789012"},
     "twelve digits"},
    {"region",
     "eu-west-1",
     "us-gov-west-1",
     [](Options o) { return o.settings.home.region; },
     {"", "Ireland", "EU-WEST-1", "eu", "eu_west_1", "-eu-west", "eu-west-1 "},
     "a region such as us-east-1"},
    {"quotas",
     "aws",
     "off",
     [](Options o) { return std::string(o.settings.are_quotas_enforced ? "aws" : "off"); },
     {"", "on", "AWS"},
     "off or aws"},
    {"references",
     "lenient",
     "strict",
     [](Options o) {
         return std::string(o.settings.references == resources::References::lenient ? "lenient" : "strict");
     },
     {"", "loose", "Lenient"},
     "strict or lenient"},
    {"progression",
     "calls",
     "manual",
     [](Options o) {
         const auto progression = o.settings.plan.progression;
         return std::string(progression == lifecycle::Progression::calls    ? "calls"
                            : progression == lifecycle::Progression::manual ? "manual"
                                                                            : "other");
     },
     {"", "slow", "Time"},
     "time, immediate, calls or manual"},
    {"pending",
     "250",
     "5000",
     [](Options o) { return ms(o.settings.plan.pending); },
     {"250", "", "-1s", "1.5s", "soon"},
     "a duration such as 250ms, 2s, 1h30m or 22d, or a range such as 20m..40m, of 100 years at most"},
    {"in-progress",
     "60000",
     "7000",
     [](Options o) { return ms(o.settings.plan.in_progress); },
     {"60", "", "1y"},
     "a duration such as 250ms, 2s, 1h30m or 22d, or a range such as 20m..40m, of 100 years at most"},
    {"calls",
     "3",
     "1000000",
     [](Options o) { return std::to_string(o.settings.plan.calls); },
     {"0", "1000001", "-1", "", "two", "1.0"},
     "a whole number of calls from 1 to 1000000"},
    {"status-names",
     "observed",
     "documented",
     [](Options o) {
         return std::string(o.settings.status_names == resources::StatusNames::observed ? "observed" : "documented");
     },
     {"", "real"},
     "documented or observed"},
    {"clock",
     "frozen@2026-01-31T12:00:00Z",
     "frozen@2000-02-29",
     [](Options o) {
         const std::string now = base::iso8601(o.clock.now());
         if (!o.clock.is_frozen()) return std::string("real");
         return "frozen@" + (now.ends_with("T00:00:00Z") ? now.substr(0, 10) : now);
     },
     {"", "stopped", "frozen@", "frozen@yesterday", "frozen@2026-02-29", "Frozen", "frozen 2026-01-31", "2026-01-31"},
     "real, frozen, or frozen@ and a moment such as frozen@2026-01-31T12:00:00Z"},
    {"seed",
     "7",
     "18446744073709551615",
     [](Options o) { return std::to_string(o.settings.plan.seed); },
     {"-1", "18446744073709551616", "", "x", "0x7", "1.0"},
     "a whole number from 0 to 18446744073709551615"},
    {"journal",
     "0",
     "1000000",
     [](Options o) { return std::to_string(o.journal_capacity); },
     {"-1", "1000001", "", "all"},
     "a number of requests from 0 to 1000000"},
    {"log-level",
     "debug",
     "off",
     [](Options o) {
         return std::string(o.log_level == base::Level::debug ? "debug"
                            : o.log_level == base::Level::off ? "off"
                                                              : "?");
     },
     {"", "loud", "INFO"},
     "debug, info, warn, error or off"},
    {"log-format",
     "json",
     "text",
     [](Options o) { return std::string(o.log_format == base::Format::json ? "json" : "text"); },
     {"", "xml"},
     "text or json"},
    {"end-with",
     "stdin",
     "signals",
     [](Options o) { return std::string(o.ends_with_stdin ? "stdin" : "signals"); },
     {"", "stdout"},
     "signals or stdin"},
};

/// Durations are shown in milliseconds.
std::string as_given(const Row& row, const char* value) {
    const std::string flag = row.flag;
    const bool is_duration = flag == "pending" || flag == "in-progress" || flag == "s3-timeout";
    return is_duration ? std::string(value) + "ms" : value;
}

std::string dashed(const Row& row) {
    return std::string("--") + row.flag;
}

TEST(CommandLine, HasTheFlagsOfThisTable) {
    Texts flags_here;
    for (const Row& row : rows) flags_here.emplace_back(row.flag);
    Texts flags_there;
    for (const Flag& flag : flags()) flags_there.emplace_back(flag.name);
    EXPECT_THAT(flags_there, testing::UnorderedElementsAreArray(flags_here));
}

TEST(CommandLine, ReadsAFlag) {
    for (const Row& row : rows) {
        const std::string value = as_given(row, row.value);
        EXPECT_EQ(row.shown(read({dashed(row), value})), row.value) << row.flag;
        EXPECT_EQ(row.shown(read({dashed(row) + "=" + value})), row.value) << row.flag;
        EXPECT_NE(row.shown(read({})), row.value) << row.flag << ": the default says the same";
    }
}

TEST(CommandLine, ReadsAVariable) {
    for (const Row& row : rows) {
        EXPECT_EQ(row.shown(read({}, {variable_of(row.flag) + "=" + as_given(row, row.value)})), row.value) << row.flag;
    }
    EXPECT_EQ(variable_of("in-progress"), "PERSONALIZE_LOCAL_IN_PROGRESS");
}

TEST(CommandLine, PrefersAFlagToItsVariable) {
    for (const Row& row : rows) {
        const Options options =
            read({dashed(row), as_given(row, row.other)}, {variable_of(row.flag) + "=" + as_given(row, row.value)});
        EXPECT_EQ(row.shown(options), row.other) << row.flag;
    }
}

TEST(CommandLine, CountsAnEmptyVariableAsUnset) {
    for (const Row& row : rows) {
        EXPECT_EQ(row.shown(read({}, {variable_of(row.flag) + "="})), row.shown(read({}))) << row.flag;
    }
}

TEST(CommandLine, RefusesAnInvalidValueAndSaysWhatWasExpected) {
    for (const Row& row : rows) {
        for (const std::string& bad : row.bad) {
            const std::string rest = std::string(": expected ") + row.expected + ", found '" + bad + "'";
            EXPECT_EQ(complaint({dashed(row), bad}), dashed(row) + rest);
            if (bad.empty()) continue;  // counts as unset in a variable
            EXPECT_EQ(complaint({dashed(row) + "=" + bad}), dashed(row) + rest);
            EXPECT_EQ(complaint({}, {variable_of(row.flag) + "=" + bad}), variable_of(row.flag) + rest);
        }
    }
}

TEST(CommandLine, HasTheDocumentedDefaults) {
    Options options = read({});
    EXPECT_EQ(options.command, Command::serve);
    EXPECT_THAT(options.hosts, IsEmpty());
    EXPECT_EQ(options.port, 7377);
    EXPECT_EQ(options.database, ":memory:");
    EXPECT_THAT(options.fixtures, IsEmpty());
    EXPECT_EQ(options.fixtures_json, "");
    EXPECT_EQ(options.s3, "");
    EXPECT_EQ(read({"--s3", "none"}).s3, "");
    EXPECT_EQ(options.s3_timeout, std::chrono::seconds(30));
    EXPECT_EQ(options.s3_key.access_key, "");
    EXPECT_EQ(options.settings.home, (storage::Owner{"000000000000", "us-east-1"}));
    EXPECT_EQ(options.settings.plan.progression, lifecycle::Progression::time);
    EXPECT_EQ(options.settings.plan.pending, base::DurationRange(std::chrono::seconds(1)));
    EXPECT_EQ(options.settings.plan.in_progress, base::DurationRange(std::chrono::seconds(2)));
    EXPECT_EQ(options.settings.plan.calls, 2);
    EXPECT_EQ(options.settings.status_names, resources::StatusNames::documented);
    EXPECT_EQ(options.settings.references, resources::References::strict);
    EXPECT_EQ(options.settings.plan.seed, 0u);
    EXPECT_EQ(options.journal_capacity, 10'000u);
    EXPECT_FALSE(options.clock.is_frozen());
    EXPECT_FALSE(options.is_clock_given);
    EXPECT_TRUE(read({"--clock", "real"}).is_clock_given);
    EXPECT_GE(options.threads, 1u);
    EXPECT_EQ(options.log_level, base::Level::info);
    EXPECT_EQ(options.log_format, base::Format::text);
    EXPECT_THAT(options.notes, IsEmpty());
    EXPECT_TRUE(read({"--clock", "frozen"}).clock.is_frozen());
}

TEST(CommandLine, TakesTheKeyOfTheEndpointFromTheEnvironment) {
    const Options options = read({}, {"AWS_ACCESS_KEY_ID=a", "AWS_SECRET_ACCESS_KEY=b=c", "AWS_SESSION_TOKEN=d"});
    EXPECT_EQ(options.s3_key.access_key, "a");
    EXPECT_EQ(options.s3_key.secret, "b=c");
    EXPECT_EQ(options.s3_key.session_token, "d");
}

TEST(CommandLine, MayRepeatSomeFlags) {
    EXPECT_THAT(read({"--host", "127.0.0.1", "--host", "::1"}).hosts, ElementsAre("127.0.0.1", "::1"));
    EXPECT_THAT(read({"--fixtures", "a", "--fixtures=b,c"}).fixtures, ElementsAre("a", "b,c"))
        << "a flag takes no list";
}

TEST(CommandLine, SplitsAVariableOfARepeatableFlagAtCommas) {
    EXPECT_THAT(read({}, {"PERSONALIZE_LOCAL_HOST=127.0.0.1,::1"}).hosts, ElementsAre("127.0.0.1", "::1"));
    EXPECT_THAT(read({}, {"PERSONALIZE_LOCAL_FIXTURES=,a,,b,"}).fixtures, ElementsAre("a", "b"));
    EXPECT_EQ(read({}, {"PERSONALIZE_LOCAL_FIXTURES_JSON={\"a\":1,\"b\":2}"}).fixtures_json, "{\"a\":1,\"b\":2}");
    EXPECT_EQ(read({}, {"PERSONALIZE_LOCAL_DB=a=b,c"}).database, "a=b,c");
    EXPECT_THAT(complaint({}, {"PERSONALIZE_LOCAL_HOST=127.0.0.1,here"}), HasSubstr("found 'here'"));
}

TEST(CommandLine, ReplacesAllValuesOfAVariableByARepeatableFlag) {
    EXPECT_THAT(read({"--fixtures", "c"}, {"PERSONALIZE_LOCAL_FIXTURES=a,b"}).fixtures, ElementsAre("c"));
}

TEST(CommandLine, AcceptsARangeForADuration) {
    const Options options = read({"--pending", "1s..2s"}, {"PERSONALIZE_LOCAL_IN_PROGRESS=20m..40m"});
    EXPECT_EQ(options.settings.plan.pending, base::DurationRange(std::chrono::seconds(1), std::chrono::seconds(2)));
    EXPECT_EQ(options.settings.plan.in_progress,
              base::DurationRange(std::chrono::minutes(20), std::chrono::minutes(40)));
}

TEST(CommandLine, TakesTheLastValueOfAFlagThatIsNotRepeatable) {
    EXPECT_EQ(read({"--port", "1", "--port", "2"}).port, 2);
    EXPECT_EQ(complaint({"--port", "x", "--port", "2"}), "--port: expected a port from 0 to 65535, found 'x'");
}

TEST(CommandLine, RefusesUnknownArguments) {
    const std::string help = " see personalize-local --help";
    const struct {
        Texts arguments;
        std::string complaint;
    } cases[] = {
        {{"--prot", "3"}, "unknown argument '--prot'; did you mean --port?" + help},
        {{"--prot=3"}, "unknown argument '--prot'; did you mean --port?" + help},
        {{"serve", "--prot", "3"}, "unknown argument '--prot'; did you mean --port?" + help},
        {{"--port", "3", "--in_progress", "2s"},
         "unknown argument '--in_progress'; did you mean --in-progress?" + help},
        {{"--PORT", "3"}, "unknown argument '--PORT'; did you mean --port?" + help},
        {{"-port", "3"}, "unknown argument '-port'; did you mean --port?" + help},
        {{"--colour-of-the-moon"}, "unknown argument '--colour-of-the-moon';" + help},
        {{"-x"}, "unknown argument '-x';" + help},
        {{"serv"}, "unknown argument 'serv'; did you mean serve?" + help},
        {{"serve", "now"}, "unknown argument 'now';" + help},
        {{"healthchek"}, "unknown argument 'healthchek'; did you mean healthcheck?" + help},
        {{"jobs.json"}, "unknown argument 'jobs.json';" + help},
        {{"serve", "--url", "http://localhost"}, "'--url' does not apply to this command;" + help},
    };
    for (const auto& one : cases) EXPECT_EQ(complaint(one.arguments), one.complaint) << joined(one.arguments);
}

TEST(CommandLine, ReportsEachErrorInOneLine) {
    const Texts cases[] = {{"--port"}, {"check-fixtures"}, {"healthcheck", "--url"},         {"serve", "healthcheck"},
                           {""},       {"--port=1", "x"},  {"check-fixtures", "--prot", "3"}};
    for (const Texts& arguments : cases) {
        const std::string text = complaint(arguments);
        EXPECT_EQ(text.find('\n'), std::string::npos) << text;
        EXPECT_NE(text, "") << joined(arguments);
    }
}

TEST(CommandLine, RefusesAnUnknownVariableWithThePrefix) {
    EXPECT_EQ(
        complaint({}, {"PERSONALIZE_LOCAL_PROT=3"}),
        "unknown variable PERSONALIZE_LOCAL_PROT; did you mean PERSONALIZE_LOCAL_PORT? see personalize-local --help, "
        "or unset it");
    EXPECT_THAT(complaint({}, {"PERSONALIZE_LOCAL_PROT="}), HasSubstr("unknown variable PERSONALIZE_LOCAL_PROT"))
        << "also if it is empty";
    EXPECT_THAT(complaint({}, {"PERSONALIZE_LOCAL_="}), HasSubstr("unknown variable PERSONALIZE_LOCAL_;"));
    EXPECT_THAT(complaint({}, {"PERSONALIZE_LOCAL_port=3"}), HasSubstr("did you mean PERSONALIZE_LOCAL_PORT?"));
}

TEST(CommandLine, IgnoresVariablesWithoutThePrefix) {
    const Options options = read({}, {"PATH=/bin", "PERSONALIZE_LOCALE=de", "personalize_local_port=3",
                                      "XPERSONALIZE_LOCAL_PORT=3", "PERSONALIZE=1", "no equals sign", ""});
    EXPECT_EQ(options.port, 7377);
    EXPECT_THAT(options.notes, IsEmpty());
}

TEST(CommandLine, IgnoresVariablesThatKubernetesSetsForAServiceOfThisName) {
    const Texts made = {"PERSONALIZE_LOCAL_SERVICE_HOST=10.0.0.1",
                        "PERSONALIZE_LOCAL_SERVICE_PORT=7377",
                        "PERSONALIZE_LOCAL_SERVICE_PORT_HTTP=7377",
                        "PERSONALIZE_LOCAL_PORT=tcp://10.0.0.1:7377",
                        "PERSONALIZE_LOCAL_PORT_7377_TCP=tcp://10.0.0.1:7377",
                        "PERSONALIZE_LOCAL_PORT_7377_TCP_ADDR=10.0.0.1",
                        "PERSONALIZE_LOCAL_TLS_SERVICE_HOST=10.0.0.1",
                        "PERSONALIZE_LOCAL_TLS_PORT=tcp://10.0.0.1:7378",
                        "PERSONALIZE_LOCAL_TLS_PORT_7378_TCP=tcp://10.0.0.1:7378",
                        "PERSONALIZE_LOCAL_HEADLESS_SERVICE_PORT_HTTP=7377"};
    const Options options = read({}, made);
    EXPECT_EQ(options.port, 7377);
    EXPECT_EQ(options.notes.size(), made.size());
    EXPECT_EQ(options.notes.at(3), "ignoring PERSONALIZE_LOCAL_PORT, which Kubernetes sets for a Service of this name");
    EXPECT_EQ(options.tls_port, 7378);
    EXPECT_EQ(read({"--port", "9"}, made).port, 9);
}

TEST(CommandLine, IgnoresTheVariablesOfThePackagesThatStartIt) {
    const Options options =
        read({}, {"PERSONALIZE_LOCAL_ENDPOINT=http://127.0.0.1:7377", "PERSONALIZE_LOCAL_IMAGE=registry/image:1"});
    EXPECT_THAT(options.notes, IsEmpty());
}

TEST(CommandLine, FindsTheFolderForDataOfTheUser) {
    EXPECT_EQ(read({}).data_home, "");
    EXPECT_EQ(read({}, {"HOME=/home/me"}).data_home, "/home/me/.local/share");
    EXPECT_EQ(read({}, {"HOME=/home/me", "XDG_DATA_HOME=/data"}).data_home, "/data");
    EXPECT_EQ(read({}, {"HOME=/home/me", "XDG_DATA_HOME=data"}).data_home, "/home/me/.local/share")
        << "a relative path is ignored";
}

TEST(CommandLine, ReadsTheCommand) {
    EXPECT_EQ(read({"serve"}).command, Command::serve);
    EXPECT_EQ(read({"healthcheck"}).command, Command::healthcheck);
    EXPECT_EQ(read({"healthcheck"}).url, "");
    EXPECT_EQ(read({"healthcheck", "--url", "http://localhost:9"}).url, "http://localhost:9");
    EXPECT_EQ(read({"healthcheck", "--port", "9"}, {"PERSONALIZE_LOCAL_HOST=::1"}).port, 9);
    const Options check = read({"check-fixtures", "a.json", "folder", "--account", "111111111111"});
    EXPECT_EQ(check.command, Command::check_fixtures);
    EXPECT_THAT(check.paths, ElementsAre("a.json", "folder"));
    EXPECT_EQ(check.settings.home.account, "111111111111");
    EXPECT_EQ(read({"--port", "9", "serve"}).port, 9);
    EXPECT_EQ(read({"serve", "--port", "9"}).port, 9);
}

TEST(CommandLine, ReadsTheFlagsOfCapture) {
    const Options all = read({"capture", "--region", "eu-west-1", "--region=eu-west-2", "--dataset-group", "arn",
                              "--profile", "work", "--endpoint-url", "https://localhost:7378", "--as", "000000000000"},
                             {"AWS_ACCESS_KEY_ID=AK", "AWS_SECRET_ACCESS_KEY=secret", "AWS_SESSION_TOKEN=token",
                              "AWS_PROFILE=other", "AWS_DEFAULT_REGION=us-west-2", "AWS_CONFIG_FILE=config",
                              "AWS_SHARED_CREDENTIALS_FILE=credentials", "HOME=/home/me"});
    EXPECT_EQ(all.command, Command::capture);
    EXPECT_THAT(all.capture.regions, ElementsAre("eu-west-1", "eu-west-2"));
    EXPECT_EQ(all.capture.dataset_group, "arn");
    EXPECT_EQ(all.capture.profile, "work");
    EXPECT_EQ(all.capture.endpoint_url, "https://localhost:7378");
    EXPECT_EQ(all.capture.as_account, "000000000000");
    const AwsVariables& aws = all.capture.aws;
    EXPECT_EQ(aws.access_key + "|" + aws.secret + "|" + aws.session_token + "|" + aws.profile + "|" + aws.region,
              "AK|secret|token|other|us-west-2");
    EXPECT_EQ(aws.credentials_file + "|" + aws.config_file + "|" + aws.home, "credentials|config|/home/me");
    EXPECT_EQ(all.settings.home.region, "us-east-1") << "--region of capture is no flag of the server";
    EXPECT_THAT(read({"--region", "eu-west-1", "capture"}).capture.regions, ElementsAre("eu-west-1"));
    EXPECT_EQ(read({"capture"}, {"AWS_REGION=a", "AWS_DEFAULT_REGION=b"}).capture.aws.region, "a");
    EXPECT_THAT(complaint({"capture", "--profil", "work"}), HasSubstr("did you mean --profile?"));
    EXPECT_THAT(complaint({"serve", "--profile", "work"}), HasSubstr("'--profile' does not apply to this command"));
    EXPECT_THAT(
        std::get<Text>(read_options({"capture", "--help"}, {})).text,
        testing::AllOf(HasSubstr("--dataset-group ARN"), HasSubstr("--region REGION"), HasSubstr("AWS_REGION")));
}

TEST(CommandLine, PrintsHelpAndVersion) {
    EXPECT_EQ(std::get<Text>(read_options({"--version"}, {})).text, "personalize-local " + engine::version() + "\n");
    for (const Texts& arguments :
         {Texts{"--help"}, Texts{"-h"}, Texts{"serve", "--help"}, Texts{"--port", "9", "--help"}}) {
        const std::string help = std::get<Text>(read_options(arguments, {})).text;
        for (const Flag& flag : flags()) {
            EXPECT_THAT(help, HasSubstr("--" + std::string(flag.name))) << joined(arguments);
            EXPECT_THAT(help, HasSubstr(variable_of(flag.name)));
            EXPECT_THAT(help, HasSubstr("default: " + std::string(flag.default_text)));
        }
        for (const char* const group : {"Network", "Resources", "Lifecycle", "Log"}) {
            EXPECT_THAT(help, HasSubstr("\n" + std::string(group) + ":\n"));
        }
        for (const char* const command : {"serve", "healthcheck", "check-fixtures", "capture"})
            EXPECT_THAT(help, HasSubstr(command));
    }
    EXPECT_NO_THROW(std::get<Text>(read_options({"--help"}, {"PERSONALIZE_LOCAL_PORT=x"})))
        << "help ignores errors in the environment";
}

}  // namespace
}  // namespace plocal::app
