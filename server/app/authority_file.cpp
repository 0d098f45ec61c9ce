#include "server/app/authority_file.h"

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/base/descriptor.h"

namespace plocal::app {
namespace {

using base::Descriptor;

namespace fs = std::filesystem;

constexpr std::string_view authority_name = "personalize-local CA";

NotKept not_kept(const fs::path& path, const std::string& why) {
    return {path.string() + " " + why};
}

NotKept failed(const fs::path& path, const char* what) {
    return not_kept(path, std::string("cannot be ") + what + ": " + std::generic_category().message(errno));
}

using Contents = std::variant<std::string, NotKept>;

/// The text of a regular file that this user owns and whose mode has none of the `forbidden` bits. Nothing if there is
/// no such file; NotKept if the file cannot be used.
std::optional<Contents> read_own(const fs::path& file, mode_t forbidden) {
    // O_NOFOLLOW: no link to another file. O_NONBLOCK: a pipe must not block.
    const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (descriptor.get() < 0) return errno == ENOENT ? std::nullopt : std::optional<Contents>(failed(file, "read"));
    struct stat status {};
    if (fstat(descriptor.get(), &status) != 0) return failed(file, "read");
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & forbidden) != 0) {
        return not_kept(file, "is not a file that only this user owns and can access");
    }
    std::string text;
    std::array<char, 8192> buffer{};
    constexpr std::size_t most_bytes = 1 << 20;
    for (ssize_t size = 1; size > 0 && text.size() < most_bytes;) {
        size = read(descriptor.get(), buffer.data(), buffer.size());
        if (size < 0) return failed(file, "read");
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
}

/// A file that is written under another name first, so that it appears at its place complete or not at all. Removed by
/// the destructor unless it was put there.
class TemporaryFile {
public:
    explicit TemporaryFile(const fs::path& place) : place_(place), name_(place.string() + ".XXXXXX") {}
    ~TemporaryFile() {
        std::error_code ignored;
        if (is_made_) fs::remove(name_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    bool write(std::string_view bytes, mode_t mode) {
        const Descriptor descriptor(mkostemp(name_.data(), O_CLOEXEC));
        is_made_ = descriptor.get() >= 0;
        return is_made_ &&
               ::write(descriptor.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
               fchmod(descriptor.get(), mode) == 0 && fsync(descriptor.get()) == 0;
    }

    /// Puts the file at its place if nothing is there; returns true too if another process was faster.
    bool put_if_absent() const { return link(name_.c_str(), place_.c_str()) == 0 || errno == EEXIST; }

    /// Puts the file at its place, over an old one. Returns false if that fails.
    bool put() {
        is_made_ = rename(name_.c_str(), place_.c_str()) != 0;
        return !is_made_;
    }

private:
    fs::path place_;
    std::string name_;
    bool is_made_ = false;
};

/// The certificate in a PEM text that may also hold a key; empty if there is none.
std::string certificate_in(const std::string& text) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    constexpr std::string_view end = "-----END CERTIFICATE-----\n";
    const std::size_t from = text.find(begin);
    const std::size_t to = text.find(end, from);
    return from == std::string::npos || to == std::string::npos ? "" : text.substr(from, to + end.size() - from);
}

/// Returns the authority in `file`, or writes a new one. Key and certificate are in one file, so that they always
/// match.
std::variant<http::CertifiedKey, NotKept> keep_secret(const fs::path& file, bool& is_new) {
    for (int tries = 0; tries < 2; ++tries) {
        const std::optional<Contents> text = read_own(file, S_IRWXG | S_IRWXO);
        if (text && std::holds_alternative<NotKept>(*text)) return std::get<NotKept>(*text);
        if (text) {
            const std::string& both = std::get<std::string>(*text);
            http::CertifiedKey kept{.certificate = certificate_in(both), .key = both};
            if (http::is_good_authority(kept)) return kept;
            if (http::name_of(kept.certificate) != authority_name) return not_kept(file, "holds something else");
        }
        const http::CertifiedKey made = http::make_authority(authority_name);
        TemporaryFile made_file(file);
        if (!made_file.write(made.certificate + made.key, 0600)) return failed(file, "written");
        if (!(text ? made_file.put() : made_file.put_if_absent())) return failed(file, "written");
        is_new = true;
    }
    return not_kept(file, "keeps changing");
}

/// Writes the certificate to `file` if it is not there. Returns why not, if that fails.
std::optional<NotKept> publish(const fs::path& file, const std::string& certificate) {
    const std::optional<Contents> text = read_own(file, S_IWGRP | S_IWOTH);
    if (text && std::holds_alternative<NotKept>(*text)) return std::get<NotKept>(*text);
    if (text && std::get<std::string>(*text) == certificate) return std::nullopt;
    if (text && http::name_of(std::get<std::string>(*text)) != authority_name)
        return not_kept(file, "holds something else");
    TemporaryFile made_file(file);
    if (made_file.write(certificate, 0644) && made_file.put()) return std::nullopt;
    return failed(file, "written");
}

}  // namespace

fs::path ca_file_in(const fs::path& folder) {
    return folder / "ca.pem";
}

std::variant<KeptAuthority, NotKept> keep_authority(const fs::path& folder) {
    if (mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) return failed(folder, "created");
    KeptAuthority kept{.authority = {}, .ca_file = ca_file_in(folder), .is_new = false};
    auto secret = keep_secret(folder / "ca-key.pem", kept.is_new);
    if (auto* const why = std::get_if<NotKept>(&secret)) return std::move(*why);
    kept.authority = std::get<http::CertifiedKey>(std::move(secret));
    if (auto why = publish(kept.ca_file, kept.authority.certificate)) return *std::move(why);
    return kept;
}

}  // namespace plocal::app
