#include "server/app/certificates.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include <unistd.h>

#include "server/app/authority_file.h"
#include "server/app/given_file.h"

namespace plocal::app {
namespace {

namespace fs = std::filesystem;
using base::Level;

/// Empty where the machine has none that a certificate could bear.
std::string host_name() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0) return {};
    const std::string text(name.data());
    const bool is_plain =
        std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.'; });
    return is_plain ? text : std::string();
}

std::vector<std::string> names_of(const Options& options) {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    const auto add = [&names](const std::string& name) {
        if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
    };
    add(host_name());
    for (const std::string& host : options.hosts) {
        if (host != "0.0.0.0" && host != "::") add(host);
    }
    for (const std::string& name : options.tls_names) add(name);
    return names;
}

/// Where an authority may be kept, the best place first: the user's own, so that he trusts it once for all servers.
std::vector<fs::path> folders_of(const Options& options) {
    std::vector<fs::path> folders;
    if (!options.data_home.empty()) {
        std::error_code ignored;
        fs::create_directories(options.data_home, ignored);
        folders.emplace_back(options.data_home);
    }
    if (options.database != ":memory:") folders.push_back(fs::absolute(options.database).parent_path());
    for (fs::path& folder : folders) folder /= "personalize-local";
    return folders;
}

/// In memory, where no folder keeps one.
KeptAuthority authority_for(const Options& options, base::Log& log) {
    for (const fs::path& folder : folders_of(options)) {
        auto kept = keep_authority(folder);
        if (auto* const authority = std::get_if<KeptAuthority>(&kept)) return std::move(*authority);
        log.write(Level::info, "note", {{"text", "HTTPS: no CA is kept: " + std::get<NotKept>(kept).why}});
    }
    return {.authority = http::make_authority("personalize-local CA (in memory)"), .ca_file = {}, .is_new = true};
}

Certificates make_certificates(const Options& options, base::Log& log) {
    const KeptAuthority kept = authority_for(options, log);
    const std::string where =
        kept.ca_file.empty()
            ? "what GET /_local/ca.pem answers; it is in memory alone, and new with each start"
            : kept.ca_file.string() + ", which also GET /_local/ca.pem answers" + (kept.is_new ? "; it is new" : "");
    log.write(Level::info, "note", {{"text", "HTTPS: have clients trust " + where}});
    return {.tls = std::make_shared<http::Tls>(http::issue(kept.authority, names_of(options))),
            .ca_file = kept.ca_file.string(),
            .ca_certificate = kept.authority.certificate};
}

Certificates read_given(const Options& options, base::Log& log) {
    const http::CertifiedKey given{
        .certificate = read_given_file("--tls-cert", options.tls_certificate, "a certificate in PEM"),
        .key = read_given_file("--tls-key", options.tls_key, "a private key in PEM")};
    try {
        auto tls = std::make_shared<http::Tls>(given);
        if (const std::string fault = http::fault_of_dates(given.certificate); !fault.empty()) {
            log.write(Level::warn, "note", {{"text", "HTTPS: --tls-cert " + options.tls_certificate + " " + fault}});
        }
        return {.tls = std::move(tls), .ca_file = {}, .ca_certificate = {}};
    } catch (const http::TlsError& error) {
        const bool is_key = error.part() == http::TlsError::Part::key;
        const std::string certificate = "--tls-cert " + options.tls_certificate;
        throw UsageError((is_key ? "--tls-key " + options.tls_key + " for " + certificate : certificate) + ": " +
                         error.what());
    }
}

}  // namespace

std::optional<Certificates> read_certificates(const Options& options, base::Log& log) {
    if (options.tls_certificate.empty()) return std::nullopt;
    return options.tls_certificate == "auto" ? make_certificates(options, log) : read_given(options, log);
}

}  // namespace plocal::app
