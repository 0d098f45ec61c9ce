// The way from folder to folder beneath the folder of a store, one name at a time. No link is followed and no name
// leads upward, so a walk never leaves that folder, whatever another process changes meanwhile. Blocks; one thread at a
// time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/descriptor.h"

namespace plocal::s3 {

/// S3 takes no longer key.
inline constexpr std::size_t most_key_bytes = 1024;

/// Returns the names of a key between its slashes, if files can have them. Nothing for a key that is empty or too long,
/// for one with a part that is empty, `.`, `..`, not UTF-8, has a zero byte or is a temporary name.
std::optional<std::vector<std::string>> names_of(std::string_view key);

/// Whether a file can be an object or lead to one.
bool is_object_name(std::string_view name);

/// Whether a file is one that is being written, or that was when its writer was killed.
bool is_temporary_name(std::string_view name);

/// A name that no other writer has.
std::string make_temporary_name();

class FolderWalk {
public:
    /// Begins at a folder, to which links may lead. error() says if it cannot be opened.
    explicit FolderWalk(const std::filesystem::path& root);

    /// Another walk that begins at the current folder.
    FolderWalk fork() const;

    /// Goes into a folder of the current one. Returns false if it cannot, and error() says why; path() is what could
    /// not be entered then. The name must be an object name.
    bool enter(const std::string& name);

    /// The errno of what has failed, 0 if nothing has. A link is ELOOP.
    int error() const { return error_; }

    /// For messages.
    const std::filesystem::path& path() const { return path_; }

    /// The current folder, for names in it. Opened without the right to read it.
    int folder() const { return folder_.get(); }

    /// Opens a file of the current folder, as openat() does, but no link. Returns -1 with `errno`.
    base::Descriptor open(const std::string& name, int flags) const;

private:
    FolderWalk(base::Descriptor folder, std::filesystem::path path);

    base::Descriptor folder_;
    std::filesystem::path path_;
    int error_ = 0;
};

/// The names in a folder but `.` and `..`, in no order. Throws std::system_error.
std::vector<std::string> names_in(int folder);

}  // namespace plocal::s3
