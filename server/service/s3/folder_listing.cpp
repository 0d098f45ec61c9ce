#include "server/service/s3/folder_listing.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

#include "server/service/s3/store_errors.h"

namespace plocal::s3 {
namespace {

/// Goes from the bucket into a folder, "a/b/" or "" for the bucket itself. Returns false if it is not there.
bool enter_all(FolderWalk& walk, const std::string& folder, const ObjectName& prefix) {
    std::vector<std::string> names;
    if (!folder.empty()) {
        auto found = names_of(std::string_view(folder).substr(0, folder.size() - 1));
        if (!found) return false;
        names = *std::move(found);
    }
    for (const std::string& name : names) {
        if (!walk.enter(name)) break;
    }
    if (walk.error() != 0 && !is_absence(walk.error())) fail(prefix, walk.path(), "entered", walk.error());
    return walk.error() == 0;
}

/// Reads what a name in a folder is. Returns false if it is gone.
bool read_status(int folder, const std::string& name, struct stat& status) {
    if (fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return true;
    if (!is_absence(errno)) throw std::system_error(errno, std::generic_category());
    return false;
}

}  // namespace

/// A folder's name ends in a slash, as in the keys of its objects, and is sorted with it: "a.csv" before "a/b.csv".
struct FolderListing::Entry {
    std::string name;
    std::uint64_t size_bytes = 0;
};

void FolderListing::run() {
    const std::size_t slash = prefix_.key.rfind('/');
    const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
    list_folder(prefix_.key.substr(0, begin), std::string_view(prefix_.key).substr(begin));
}

// NOLINTNEXTLINE(misc-no-recursion): a key has at most 1,024 bytes, so folders are at most 512 deep
void FolderListing::list_folder(const std::string& folder, std::string_view beginning) {
    for (const Entry& entry : read_folder(folder, beginning)) {
        require_wanted(access_);
        const std::string key = folder + entry.name;
        if (key.size() > most_key_bytes) continue;
        if (entry.name.ends_with('/')) {
            list_folder(key, {});
        } else {
            visit_({key, entry.size_bytes});
        }
    }
}

/// Walks from the bucket each time, so that a deep folder needs no more descriptors than a flat one.
std::vector<FolderListing::Entry> FolderListing::read_folder(const std::string& folder,
                                                             std::string_view beginning) const {
    FolderWalk walk = bucket_.fork();
    std::vector<Entry> entries;
    if (!enter_all(walk, folder, prefix_)) return entries;
    try {
        for (std::string& name : names_in(walk.folder())) {
            require_wanted(access_);
            struct stat status {};
            if (!name.starts_with(beginning) || !is_object_name(name)) continue;
            if (!read_status(walk.folder(), name, status)) continue;
            if (S_ISDIR(status.st_mode)) {
                entries.push_back({std::move(name) + '/'});
            } else if (S_ISREG(status.st_mode)) {
                entries.push_back({std::move(name), static_cast<std::uint64_t>(status.st_size)});
            }
        }
    } catch (const std::system_error& error) {
        fail(prefix_, walk.path(), "listed", error.code().value());
    }
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
}

}  // namespace plocal::s3
