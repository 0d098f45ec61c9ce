#include "server/app/option_table.h"

#include <array>
#include <chrono>
#include <limits>
#include <optional>

#include "server/base/account_id.h"
#include "server/base/address.h"
#include "server/base/duration.h"
#include "server/base/iso8601.h"
#include "server/base/text.h"
#include "server/wire/http/url.h"

namespace plocal::app {
namespace {

using std::string;
using std::string_view;

constexpr string_view accepted;  // what a reader returns for a value that it has read

/// Returns false, and leaves `into` as it is, if the text is no number from `least` to `most`.
template <class Number>
bool read_number(string_view text, Number least, Number most, Number& into) {
    const auto number = base::parse_number<Number>(text);
    if (!number || *number < least || *number > most) return false;
    into = *number;
    return true;
}

string_view read_host(Options& options, const string& text) {
    if (!base::is_address(text)) return "a literal address such as 127.0.0.1, 0.0.0.0 or ::";
    options.hosts.push_back(text);
    return accepted;
}

string_view read_port(Options& options, const string& text) {
    return read_number<std::uint16_t>(text, 0, 65535, options.port) ? accepted : "a port from 0 to 65535";
}

string_view read_tls_certificate(Options& options, const string& text) {
    if (text.empty()) return "a file in PEM, or auto";
    options.tls_certificate = text;
    return accepted;
}

string_view read_tls_key(Options& options, const string& text) {
    if (text.empty()) return "a file in PEM";
    options.tls_key = text;
    return accepted;
}

string_view read_tls_port(Options& options, const string& text) {
    options.is_tls_port_given = true;
    return read_number<std::uint16_t>(text, 0, 65535, options.tls_port) ? accepted : "a port from 0 to 65535";
}

/// Labels of letters, digits, hyphens and underscores. The first may be a star if two more follow: clients accept no
/// wider wildcard.
bool is_dns_name(string_view text) {
    if (text.starts_with("*.")) {
        text.remove_prefix(2);
        if (text.find('.') == string_view::npos) return false;
    }
    if (text.empty() || text.size() > 253 || text.front() == '.' || text.back() == '.') return false;
    return text.find("..") == string_view::npos &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") ==
               string_view::npos;
}

string_view read_tls_name(Options& options, const string& text) {
    if (!base::is_address(text) && !is_dns_name(text)) return "a host's name or address without a port";
    options.tls_names.push_back(text);
    return accepted;
}

string_view read_auth(Options& options, const string& text) {
    if (text != "none" && text != "sigv4") return "none or sigv4";
    options.is_auth_required = text == "sigv4";
    return accepted;
}

string_view read_credentials(Options& options, const string& text) {
    if (text.empty()) return "an AWS shared credentials file";
    options.credentials = text;
    return accepted;
}

string_view read_threads(Options& options, const string& text) {
    return read_number<unsigned>(text, 1, 256, options.threads) ? accepted : "a number of threads from 1 to 256";
}

string_view read_database(Options& options, const string& text) {
    if (text.empty()) return "a file, or :memory:";
    options.database = text;
    return accepted;
}

string_view read_fixtures(Options& options, const string& text) {
    if (text.empty()) return "a file or a folder";
    options.fixtures.push_back(text);
    return accepted;
}

string_view read_fixtures_json(Options& options, const string& text) {
    options.fixtures_json = text;
    return accepted;
}

string_view read_fixtures_for(Options& options, const string& text) {
    if (!base::is_account_id(text)) return "an account of twelve digits";
    options.fixtures_for.push_back(text);
    return accepted;
}

string_view read_allowed_host(Options& options, const string& text) {
    if (text.empty() || text.find_first_of("/: ") != string::npos) return "a host's name without a port, or *";
    options.access.hosts.push_back(text);
    return accepted;
}

string_view read_cors_origin(Options& options, const string& text) {
    if (text != "*" && (text.find("://") == string::npos || text.ends_with('/'))) {
        return "an origin such as https://app.example:8443, or *";
    }
    options.access.origins.others.push_back(text);
    return accepted;
}

string_view read_s3(Options& options, const string& text) {
    const bool is_url = text.find("://") != string::npos;
    const auto url = http::parse_url(text);
    const bool has_query = url && url->target.find('?') != string::npos;
    if (text.empty() || has_query || (is_url && !url)) {
        return "none, a folder, or an S3 endpoint such as http://localhost:4566";
    }
    options.s3 = text == "none" ? "" : text;
    return accepted;
}

string_view read_s3_timeout(Options& options, const string& text) {
    const auto duration = base::parse_duration(text);
    if (!duration || duration->count() == 0) return "a duration such as 250ms, 2s or 5m, longer than none";
    options.s3_timeout = *duration;
    return accepted;
}

string_view read_account(Options& options, const string& text) {
    if (!base::is_account_id(text)) return "twelve digits";
    options.settings.home.account = text;
    return accepted;
}

string_view read_region(Options& options, const string& text) {
    if (!is_region(text)) return "a region such as us-east-1";
    options.settings.home.region = text;
    return accepted;
}

string_view read_quotas(Options& options, const string& text) {
    if (text != "off" && text != "aws") return "off or aws";
    options.settings.are_quotas_enforced = text == "aws";
    return accepted;
}

string_view read_references(Options& options, const string& text) {
    if (text != "strict" && text != "lenient") return "strict or lenient";
    options.settings.references = text == "strict" ? resources::References::strict : resources::References::lenient;
    return accepted;
}

string_view read_progression(Options& options, const string& text) {
    const auto progression = lifecycle::parse_progression(text);
    if (!progression) return lifecycle::progression_form;
    options.settings.plan.progression = *progression;
    return accepted;
}

string_view read_duration(const string& text, base::DurationRange& into) {
    const auto duration = base::parse_duration_range(text);
    if (!duration) return base::duration_range_form;
    into = *duration;
    return accepted;
}

string_view read_pending(Options& options, const string& text) {
    return read_duration(text, options.settings.plan.pending);
}

string_view read_in_progress(Options& options, const string& text) {
    return read_duration(text, options.settings.plan.in_progress);
}

string_view read_calls(Options& options, const string& text) {
    return read_number<std::int64_t>(text, 1, lifecycle::most_calls, options.settings.plan.calls)
               ? accepted
               : lifecycle::calls_form;
}

string_view read_status_names(Options& options, const string& text) {
    if (text != "documented" && text != "observed") return "documented or observed";
    options.settings.status_names =
        text == "documented" ? resources::StatusNames::documented : resources::StatusNames::observed;
    return accepted;
}

string_view read_clock(Options& options, const string& text) {
    constexpr string_view frozen = "frozen";
    constexpr string_view form = "real, frozen, or frozen@ and a moment such as frozen@2026-01-31T12:00:00Z";
    options.is_clock_given = true;
    if (text == "real") {
        options.clock = lifecycle::Clock::real();
    } else if (text == frozen) {
        options.clock = lifecycle::Clock::frozen(lifecycle::Clock::real().now());
    } else {
        if (!text.starts_with("frozen@")) return form;
        const auto moment = base::parse_iso8601(string_view(text).substr(frozen.size() + 1));
        if (!moment) return form;
        if (*moment < base::Instant()) return "a moment after 1970-01-01T00:00:00Z, where AWS's times begin";
        options.clock = lifecycle::Clock::frozen(*moment);
    }
    return accepted;
}

string_view read_seed(Options& options, const string& text) {
    return read_number<std::uint64_t>(text, 0, std::numeric_limits<std::uint64_t>::max(), options.settings.plan.seed)
               ? accepted
               : "a whole number from 0 to 18446744073709551615";
}

string_view read_journal(Options& options, const string& text) {
    constexpr std::size_t most = 1'000'000;
    return read_number<std::size_t>(text, 0, most, options.journal_capacity) ? accepted
                                                                             : "a number of requests from 0 to 1000000";
}

string_view read_log_level(Options& options, const string& text) {
    const auto level = base::parse_level(text);
    if (!level) return base::level_form;
    options.log_level = *level;
    return accepted;
}

string_view read_log_format(Options& options, const string& text) {
    const auto format = base::parse_format(text);
    if (!format) return base::format_form;
    options.log_format = *format;
    return accepted;
}

string_view read_end_with(Options& options, const string& text) {
    if (text != "signals" && text != "stdin") return "signals or stdin";
    options.ends_with_stdin = text == "stdin";
    return accepted;
}

constexpr string_view network = "Network";
constexpr string_view resource = "Resources";
constexpr string_view timing = "Lifecycle";
constexpr string_view logging = "Log";
constexpr string_view process = "Process";

constexpr std::array table = {
    Flag{"host", "ADDRESS", "127.0.0.1, and ::1 where there is one", network, "literal address to listen on", true,
         read_host},
    Flag{"port", "PORT", "7377", network, "port to listen on; 0 picks a free one", false, read_port},
    Flag{"threads", "N", "number of cores", network, "threads that serve connections", false, read_threads},
    Flag{"tls-cert", "FILE", "none", network,
         "serve HTTPS too, with this certificate in PEM; auto: with a generated one, see GET /_local/ca.pem", false,
         read_tls_certificate},
    Flag{"tls-key", "FILE", "none", network, "the private key of the certificate, in PEM", false, read_tls_key},
    Flag{"tls-port", "PORT", "7378", network, "port for HTTPS; 0 picks a free one", false, read_tls_port},
    Flag{"tls-name", "NAME", "none", network,
         "with --tls-cert auto: one more name for the certificate, beside localhost and the host name", true,
         read_tls_name},
    Flag{"auth", "HOW", "none", network,
         "none: signatures are not checked; sigv4: each request to a service must be signed", false, read_auth},
    Flag{"credentials", "FILE", "none", network,
         "with --auth sigv4: an AWS shared credentials file; the keys of its profiles may sign", false,
         read_credentials},
    Flag{"allowed-host", "NAME", "none", network,
         "one more name that the Host header may have on /_local/; * allows any name", true, read_allowed_host},
    Flag{"cors-origin", "ORIGIN", "localhost origins", network,
         "one more origin whose web pages may call the server; * allows any origin", true, read_cors_origin},
    Flag{"db", "FILE", ":memory:", resource, "SQLite file that keeps everything over a restart", false, read_database},
    Flag{"fixtures", "PATH", "none", resource, "fixture file, or folder of *.json, to load before the port opens", true,
         read_fixtures},
    Flag{"fixtures-json", "JSON", "none", resource, "one fixtures document inline", false, read_fixtures_json},
    Flag{"fixtures-for", "DIGITS", "none", resource, "account that gets its own copy of the fixtures", true,
         read_fixtures_for},
    Flag{"s3", "WHERE", "none", resource,
         "what s3:// means to jobs: none (they read and write nothing), a folder, or the URL of an S3 endpoint", false,
         read_s3},
    Flag{"s3-timeout", "DURATION", "30s", resource,
         "how long the endpoint of --s3 may be silent, or fail again and again, before a job fails", false,
         read_s3_timeout},
    Flag{"account", "DIGITS", "000000000000", resource, "account of new resources whose request names none", false,
         read_account},
    Flag{"region", "REGION", "us-east-1", resource, "region of new resources whose request names none", false,
         read_region},
    Flag{"quotas", "MODE", "off", resource,
         "off, or aws: a Create beyond a limit of the service is refused with LimitExceededException", false,
         read_quotas},
    Flag{"references", "MODE", "strict", resource,
         "strict: the resources that a Create names must exist; lenient: a missing one is taken to exist", false,
         read_references},
    Flag{"progression", "HOW", "time", timing, "when a status ends: time, immediate, calls or manual", false,
         read_progression},
    Flag{"pending", "DURATION", "1s", timing, "how long a job is PENDING; may be a range: 20m..40m", false,
         read_pending},
    Flag{"in-progress", "DURATION", "2s", timing, "how long a job is IN PROGRESS", false, read_in_progress},
    Flag{"calls", "N", "2", timing, "with --progression calls: how many Describe calls see a status before it ends",
         false, read_calls},
    Flag{"status-names", "SPELLING", "documented", timing,
         "documented: PENDING, IN PROGRESS; observed: CREATE PENDING, CREATE IN_PROGRESS", false, read_status_names},
    Flag{"clock", "CLOCK", "real", timing, "real, frozen, or frozen@2026-01-31T12:00:00Z", false, read_clock},
    Flag{"seed", "N", "0", timing, "everything random follows from this number", false, read_seed},
    Flag{"journal", "N", "10000", logging, "how many requests /_local/requests keeps", false, read_journal},
    Flag{"log-level", "LEVEL", "info", logging, "debug, info, warn, error or off; info logs one line for each request",
         false, read_log_level},
    Flag{"log-format", "FORMAT", "text", logging, "text or json, to stderr", false, read_log_format},
    Flag{"end-with", "WHAT", "signals", process,
         "signals: SIGTERM and SIGINT end the server; stdin: so does the end of stdin", false, read_end_with},
};

}  // namespace

bool is_region(std::string_view text) {
    return text.size() >= 5 && text.size() <= 32 && text.find('-') != std::string_view::npos && text.front() >= 'a' &&
           text.front() <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::span<const Flag> flags() {
    return table;
}

}  // namespace plocal::app
