// The command line and the environment as one set of settings: one table says flag, variable, default and help.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "server/base/log.h"
#include "server/local/control/control.h"
#include "server/service/lifecycle/clock.h"
#include "server/service/resources/context.h"

namespace plocal::app {

enum class Command { serve, healthcheck, check_fixtures };

struct Options {
    Command command = Command::serve;
    std::vector<std::string> hosts;      // literal addresses; empty for loopback, of both families where there are two
    std::uint16_t port = 7377;           // 0 for any free one
    std::string tls_certificate;         // a file, or "auto" for one of our own making; empty for no HTTPS
    std::string tls_key;                 // its file
    std::uint16_t tls_port = 7378;       // 0 for any free one
    bool is_tls_port_given = false;      // which only HTTPS has a use for
    std::vector<std::string> tls_names;  // that a certificate of our own making has, beside the machine's own
    std::string data_home;               // where the user's programs keep data; empty where that is not known
    bool is_auth_required = false;       // whether each request must be signed by one of the credentials
    std::string credentials;             // their file
    std::string database = ":memory:";
    std::vector<std::string> fixtures;      // files and folders
    std::string fixtures_json;              // a document, empty for none
    std::vector<std::string> fixtures_for;  // accounts that each get their own copy of the fixtures
    control::Access access;                 // whom a browser may bring
    resources::ServiceSettings settings;
    lifecycle::Clock clock = lifecycle::Clock::real();
    bool is_clock_given = false;            // then it beats one that the database has kept
    std::size_t journal_capacity = 10'000;  // requests
    unsigned threads = 1;                   // that serve connections
    base::Level log_level = base::Level::info;
    base::Format log_format = base::Format::text;

    std::string url;                 // healthcheck: empty for the address that serve would have
    std::vector<std::string> paths;  // check-fixtures
    std::vector<std::string> notes;  // for the log
};

/// What is wrong with how the program was called, and how to mend it: one line.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A text that was asked for instead of a run: help or version.
struct Text {
    std::string text;
};

/// Reads arguments (without the program's name) and environment ("NAME=value" each). A flag beats its variable, which
/// beats the default. Throws UsageError.
std::variant<Options, Text> read_options(const std::vector<std::string>& arguments,
                                         const std::vector<std::string>& environment);

/// Throws UsageError for options that a server could not have together, or that are of no use to it without another.
void require_consistent(const Options& options);

}  // namespace plocal::app
