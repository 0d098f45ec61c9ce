#include "server/service/s3/folder_walk.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <random>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "server/base/text.h"

namespace plocal::s3 {
namespace {

using base::Descriptor;

constexpr std::string_view temporary_prefix = ".personalize-local-";
constexpr std::string_view temporary_suffix = ".part";

bool is_link(int folder, const std::string& name) {
    struct stat status {};
    return fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

}  // namespace

bool is_temporary_name(std::string_view name) {
    return name.starts_with(temporary_prefix) && name.ends_with(temporary_suffix);
}

std::string make_temporary_name() {
    std::random_device random;
    const std::uint64_t number = (std::uint64_t{random()} << 32U) | random();
    return std::string(temporary_prefix) + base::hexadecimal(number, 16) + std::string(temporary_suffix);
}

bool is_object_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find('\0') == std::string_view::npos &&
           base::is_utf8(name) && !is_temporary_name(name);
}

std::optional<std::vector<std::string>> names_of(std::string_view key) {
    if (key.size() > most_key_bytes) return std::nullopt;
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin <= key.size();) {
        const std::size_t end = std::min(key.find('/', begin), key.size());
        names.emplace_back(key.substr(begin, end - begin));
        if (!is_object_name(names.back())) return std::nullopt;
        begin = end + 1;
    }
    return names;
}

FolderWalk::FolderWalk(const std::filesystem::path& root)
    : FolderWalk(Descriptor(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)), root) {}

FolderWalk::FolderWalk(Descriptor folder, std::filesystem::path path)
    : folder_(std::move(folder)), path_(std::move(path)), error_(folder_.get() < 0 ? errno : 0) {}

FolderWalk FolderWalk::fork() const {
    return {Descriptor(fcntl(folder(), F_DUPFD_CLOEXEC, 0)), path_};
}

bool FolderWalk::enter(const std::string& name) {
    if (error_ != 0) return false;
    path_ /= name;
    Descriptor next(openat(folder(), name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (next.get() < 0) {
        error_ = errno;
        if (error_ == ENOTDIR && is_link(folder(), name)) error_ = ELOOP;
        return false;
    }
    folder_ = std::move(next);
    return true;
}

Descriptor FolderWalk::open(const std::string& name, int flags) const {
    // A pipe must not block, and a terminal must not become the process's own.
    constexpr int always = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    constexpr mode_t mode_before_umask = 0666;
    return Descriptor(openat(folder(), name.c_str(), flags | always, mode_before_umask));
}

std::vector<std::string> names_in(int folder) {
    const auto fail = [] { throw std::system_error(errno, std::generic_category()); };
    const int readable = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (readable < 0) fail();
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(readable), closedir);
    if (!entries) {
        const Descriptor closed(readable);
        fail();
    }
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent* const entry = readdir(entries.get());
        if (entry == nullptr && errno != 0) fail();
        if (entry == nullptr) return names;
        const std::string_view name = static_cast<const char*>(entry->d_name);
        if (name != "." && name != "..") names.emplace_back(name);
    }
}

}  // namespace plocal::s3
