#include "server/base/spool.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace plocal::base {
namespace {

/// Returns a new file without a name, or -1 with `errno`.
int open_nameless(const std::filesystem::path& folder) {
    constexpr mode_t owner_alone = 0600;
    const int nameless = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, owner_alone);
    if (nameless >= 0) return nameless;
    // Not every file system has files that never had a name.
    std::string name = (folder / "personalize-local-XXXXXX").string();
    const int file = mkostemp(name.data(), O_CLOEXEC);
    if (file >= 0) unlink(name.c_str());
    return file;
}

}  // namespace

void Spool::append(std::string_view piece) {
    const std::uint64_t whole_bytes = size_bytes_ + piece.size();
    if (!file_ && error_ == 0 && whole_bytes > place_.memory_bytes) make_file();
    if (file_) {
        write(piece);
    } else {
        if (whole_bytes > std::max(place_.memory_bytes, place_.memory_bytes_without_folder)) fail();
        text_ += piece;
    }
    size_bytes_ = whole_bytes;
}

std::unique_ptr<Pieces> Spool::open(std::uint64_t offset) const {
    if (file_) return std::make_unique<OpenFilePieces>(file_->get(), offset);
    const std::string_view text = text_;
    return std::make_unique<TextPieces>(text.substr(std::min<std::uint64_t>(offset, text.size())));
}

/// Moves the text to a file if one can be made.
void Spool::make_file() {
    const int number = place_.folder.empty() ? -1 : open_nameless(place_.folder);
    if (number < 0) {
        error_ = place_.folder.empty() ? ENOENT : errno;
        return;
    }
    file_.emplace(number);
    size_bytes_ = 0;
    write(text_);
    size_bytes_ = text_.size();
    text_ = std::string();
}

/// Writes a piece behind the first `size_bytes_` bytes of the file.
void Spool::write(std::string_view piece) {
    std::uint64_t at = size_bytes_;
    while (!piece.empty()) {
        const ssize_t written = pwrite(file_->get(), piece.data(), piece.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            error_ = written < 0 ? errno : ENOSPC;
            fail();
        }
        piece.remove_prefix(static_cast<std::size_t>(written));
        at += static_cast<std::uint64_t>(written);
    }
}

void Spool::fail() {
    file_.reset();
    text_ = std::string();
    throw SpoolError("a temporary file cannot be written in " + place_.folder.string() + ": " +
                     std::generic_category().message(error_));
}

}  // namespace plocal::base
