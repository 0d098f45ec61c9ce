#include "server/app/authority_file.h"

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "server/app/given_file.h"

namespace plocal::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view authority_name = "personalize-local CA";

/// Whether a new file has these bytes, and is safe on disk.
bool write_new(const fs::path& file, std::string_view bytes, mode_t mode) {
    const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor < 0) return false;
    const bool is_written = write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                            fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0;
    return close(descriptor) == 0 && is_written;
}

/// A file of this name is there whole or not at all: it is written beside its place, which is no other process's.
fs::path draft_of(const fs::path& file) {
    return file.string() + "." + std::to_string(getpid());
}

/// Key and certificate lie in one file, so that they always fit.
http::CertifiedKey as_certified_key(const std::string& text) {
    return {.certificate = text, .key = text};
}

std::optional<http::CertifiedKey> read_authority(const fs::path& file) {
    const auto text = read_file(file);
    if (!text || !http::is_good_authority(as_certified_key(*text))) return std::nullopt;
    return as_certified_key(*text);
}

/// Whether there is now a good authority in this file, be it this one or one that another process was quicker with.
bool write_authority(const fs::path& file, const http::CertifiedKey& authority) {
    const fs::path draft = draft_of(file);
    std::error_code ignored;
    bool is_there = false;
    if (write_new(draft, authority.certificate + authority.key, 0600)) {
        std::error_code code;
        fs::create_hard_link(draft, file, code);
        if (code == std::errc::file_exists && !read_authority(file)) {
            fs::rename(draft, file, code);
        }
        is_there = !code || code == std::errc::file_exists;
    }
    fs::remove(draft, ignored);
    return is_there;
}

/// The certificate in a PEM text that may hold a key too.
std::string certificate_in(const std::string& text) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    constexpr std::string_view end = "-----END CERTIFICATE-----\n";
    const std::size_t from = text.find(begin);
    const std::size_t to = text.find(end, from);
    return from == std::string::npos || to == std::string::npos ? "" : text.substr(from, to + end.size() - from);
}

bool publish(const fs::path& file, const std::string& certificate) {
    if (read_file(file) == certificate) return true;
    const fs::path draft = draft_of(file);
    std::error_code code;
    if (write_new(draft, certificate, 0644)) {
        fs::rename(draft, file, code);
        if (!code) return true;
    }
    fs::remove(draft, code);
    return false;
}

}  // namespace

std::optional<KeptAuthority> keep_authority(const fs::path& folder) {
    std::error_code code;
    fs::create_directories(folder, code);
    const fs::path secret = folder / "ca-key.pem";
    std::optional<http::CertifiedKey> authority = read_authority(secret);
    const bool is_new = !authority;
    if (is_new) {
        if (!write_authority(secret, http::make_authority(authority_name))) return std::nullopt;
        authority = read_authority(secret);
        if (!authority) return std::nullopt;
    }
    authority->certificate = certificate_in(authority->certificate);
    const fs::path ca_file = folder / "ca.pem";
    if (!publish(ca_file, authority->certificate)) return std::nullopt;
    return KeptAuthority{std::move(*authority), ca_file, is_new};
}

}  // namespace plocal::app
