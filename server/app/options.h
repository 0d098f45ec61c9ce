// The settings of a run as plain values, with their defaults, and the error for wrong ones.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/app/capture_options.h"
#include "server/base/log.h"
#include "server/local/control/control.h"
#include "server/service/lifecycle/clock.h"
#include "server/service/resources/context.h"
#include "server/wire/signing/sign.h"
#include "storage/sqlite/database.h"

namespace plocal::app {

enum class Command { serve, healthcheck, check_fixtures, capture };

struct Options {
    Command command = Command::serve;
    std::vector<std::string> hosts;      // literal addresses; empty for loopback, of both families if there are two
    std::uint16_t port = 7377;           // 0 for any free one
    std::string tls_certificate;         // a file, or "auto" for a generated one; empty for no HTTPS
    std::string tls_key;                 // the file of its key
    std::uint16_t tls_port = 7378;       // 0 for any free one
    bool is_tls_port_given = false;      // an error without HTTPS
    std::vector<std::string> tls_names;  // more names for a generated certificate
    std::string data_home;               // the folder for data of the user's programs; empty if it is not known
    std::string ca_bundle;               // a file of CAs to trust instead of the system's; empty for the system's
    std::string s3;                      // what s3:// URLs are: a folder, or an endpoint's URL; empty for none
    std::chrono::milliseconds s3_timeout = std::chrono::seconds(30);  // how long the endpoint may be silent
    signing::SigningKey s3_key;                                       // for the endpoint; empty if none is given
    bool is_auth_required = false;  // each request to a service must be signed by one of the credentials
    std::string credentials;        // their file
    std::string database{storage::sqlite::in_memory};
    std::vector<std::string> fixtures;      // files and folders
    std::string fixtures_json;              // a document; empty for none
    std::vector<std::string> fixtures_for;  // accounts that each get their own copy of the fixtures
    control::Access access;                 // host names and web pages that may use /_local/
    resources::ServiceSettings settings;
    lifecycle::Clock clock = lifecycle::Clock::real();
    bool is_clock_given = false;            // then the clock replaces a stored one
    std::size_t journal_capacity = 10'000;  // requests
    unsigned threads = 1;                   // that serve connections
    base::Level log_level = base::Level::info;
    base::Format log_format = base::Format::text;
    bool ends_with_stdin = false;  // not by signals alone

    std::string url;                 // healthcheck: empty for the address that serve would have
    std::vector<std::string> paths;  // check-fixtures
    CaptureOptions capture;
    std::vector<std::string> notes;  // for the log
};

/// What is wrong with how the program was called, and how to fix it: one line.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws UsageError for options that contradict each other, or that have no effect without another one.
void require_consistent(const Options& options);

/// The bytes of the file that a flag names. Throws UsageError if the file cannot be read; `expected` says what it
/// should hold: "a certificate in PEM".
std::string read_given_file(std::string_view flag, const std::string& file, std::string_view expected);

}  // namespace plocal::app
