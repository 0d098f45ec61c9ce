#include "server/app/certificates.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include <unistd.h>

#include "server/app/authority_file.h"
#include "server/base/text.h"
#include "storage/sqlite/database.h"

namespace plocal::app {
namespace {

namespace fs = std::filesystem;
using base::Level;

/// Empty if the machine has no name that a certificate can hold.
std::string host_name() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0) return {};
    const std::string text(name.data());
    const bool is_plain =
        std::ranges::all_of(text, [](char c) { return base::is_letter_or_digit(c) || c == '-' || c == '.'; });
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

/// The folders that may hold an authority, in order of preference. The user's own is first, so that one authority
/// serves all servers of the user and has to be trusted once.
std::vector<fs::path> folders_of(const Options& options) {
    std::vector<fs::path> folders;
    if (!options.data_home.empty()) folders.emplace_back(options.data_home);
    if (options.database != storage::sqlite::in_memory) folders.push_back(fs::absolute(options.database).parent_path());
    for (fs::path& folder : folders) folder /= "personalize-local";
    return folders;
}

/// The authority of the first folder that can hold one, or else a new one in memory.
KeptAuthority authority_for(const Options& options, base::Log& log) {
    std::error_code ignored;
    if (!options.data_home.empty()) fs::create_directories(options.data_home, ignored);
    for (const fs::path& folder : folders_of(options)) {
        auto kept = keep_authority(folder);
        if (auto* const authority = std::get_if<KeptAuthority>(&kept)) return std::move(*authority);
        log.write(Level::info, "note", {{"text", "HTTPS: the CA cannot be kept: " + std::get<NotKept>(kept).why}});
    }
    return {.authority = http::make_authority("personalize-local CA (in memory)"), .ca_file = {}, .is_new = true};
}

Certificates make_certificates(const Options& options, base::Log& log) {
    const KeptAuthority kept = authority_for(options, log);
    const std::string where =
        kept.ca_file.empty()
            ? "the CA at GET /_local/ca.pem; it is only in memory, and new at each start"
            : kept.ca_file.string() + ", which is also at GET /_local/ca.pem" + (kept.is_new ? "; it is new" : "");
    log.write(Level::info, "note", {{"text", "HTTPS: clients must trust " + where}});
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

std::vector<std::string> ca_files(const Options& options) {
    std::vector<std::string> files;
    for (const fs::path& folder : folders_of(options)) files.push_back(ca_file_in(folder).string());
    const bool is_given = !options.tls_certificate.empty() && options.tls_certificate != "auto";
    if (is_given) files.push_back(options.tls_certificate);
    return files;
}

std::optional<Certificates> read_certificates(const Options& options, base::Log& log) {
    if (options.tls_certificate.empty()) return std::nullopt;
    return options.tls_certificate == "auto" ? make_certificates(options, log) : read_given(options, log);
}

}  // namespace plocal::app
