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

/// A plain file of this user's, which nobody has with these bits of its mode; nothing where there is no file.
std::optional<Contents> read_own(const fs::path& file, mode_t forbidden) {
    // Neither a link to elsewhere, nor a pipe that would be waited for.
    const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (descriptor.get() < 0) return errno == ENOENT ? std::nullopt : std::optional<Contents>(failed(file, "read"));
    struct stat status {};
    if (fstat(descriptor.get(), &status) != 0) return failed(file, "read");
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & forbidden) != 0) {
        return not_kept(file, "is not a file that this user owns and nobody else can touch");
    }
    std::string text;
    std::array<char, 8192> buffer{};
    constexpr std::size_t most = 1 << 20;
    for (ssize_t size = 1; size > 0 && text.size() < most;) {
        size = read(descriptor.get(), buffer.data(), buffer.size());
        if (size < 0) return failed(file, "read");
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
}

/// A file that is written beside its place, so that it is there whole or not at all; gone with this, unless put there.
class PartialResource {
public:
    explicit PartialResource(const fs::path& place) : place_(place), name_(place.string() + ".XXXXXX") {}
    ~PartialResource() {
        std::error_code ignored;
        if (is_made_) fs::remove(name_, ignored);
    }
    PartialResource(const PartialResource&) = delete;
    PartialResource& operator=(const PartialResource&) = delete;

    bool write(std::string_view bytes, mode_t mode) {
        const Descriptor descriptor(mkostemp(name_.data(), O_CLOEXEC));
        is_made_ = descriptor.get() >= 0;
        return is_made_ &&
               ::write(descriptor.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
               fchmod(descriptor.get(), mode) == 0 && fsync(descriptor.get()) == 0;
    }

    /// Where nothing is yet: another process may have been quicker.
    bool put_first() const { return link(name_.c_str(), place_.c_str()) == 0 || errno == EEXIST; }

    bool put() {
        is_made_ = rename(name_.c_str(), place_.c_str()) != 0;
        return !is_made_;
    }

private:
    fs::path place_;
    std::string name_;
    bool is_made_ = false;
};

/// The certificate in a PEM text that may hold a key too.
std::string certificate_in(const std::string& text) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    constexpr std::string_view end = "-----END CERTIFICATE-----\n";
    const std::size_t from = text.find(begin);
    const std::size_t to = text.find(end, from);
    return from == std::string::npos || to == std::string::npos ? "" : text.substr(from, to + end.size() - from);
}

/// Key and certificate lie in one file, so that they always fit.
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
        PartialResource draft(file);
        if (!draft.write(made.certificate + made.key, 0600)) return failed(file, "written");
        if (!(text ? draft.put() : draft.put_first())) return failed(file, "written");
        is_new = true;
    }
    return not_kept(file, "changes all the time");
}

std::optional<NotKept> publish(const fs::path& file, const std::string& certificate) {
    const std::optional<Contents> text = read_own(file, S_IWGRP | S_IWOTH);
    if (text && std::holds_alternative<NotKept>(*text)) return std::get<NotKept>(*text);
    if (text && std::get<std::string>(*text) == certificate) return std::nullopt;
    if (text && http::name_of(std::get<std::string>(*text)) != authority_name)
        return not_kept(file, "holds something else");
    PartialResource draft(file);
    if (draft.write(certificate, 0644) && draft.put()) return std::nullopt;
    return failed(file, "written");
}

}  // namespace

std::variant<KeptAuthority, NotKept> keep_authority(const fs::path& folder) {
    if (mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) return failed(folder, "made");
    KeptAuthority kept{.authority = {}, .ca_file = folder / "ca.pem", .is_new = false};
    auto secret = keep_secret(folder / "ca-key.pem", kept.is_new);
    if (auto* const why = std::get_if<NotKept>(&secret)) return std::move(*why);
    kept.authority = std::get<http::CertifiedKey>(std::move(secret));
    if (auto why = publish(kept.ca_file, kept.authority.certificate)) return *std::move(why);
    return kept;
}

}  // namespace plocal::app
