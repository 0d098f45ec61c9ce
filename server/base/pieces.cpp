#include "server/base/pieces.h"

#include <cerrno>
#include <system_error>

#include <unistd.h>

namespace plocal::base {
namespace {

constexpr std::size_t piece_size_bytes = std::size_t{128} * 1024;

[[noreturn]] void fail() {
    throw std::system_error(errno != 0 ? errno : EIO, std::generic_category());
}

}  // namespace

FilePieces::FilePieces(const std::filesystem::path& file, std::uint64_t offset) {
    errno = 0;
    stream_.rdbuf()->pubsetbuf(nullptr, 0);  // each read fills a piece, so the stream needs no buffer of its own
    stream_.open(file, std::ios::binary);
    if (!stream_) fail();
    if (offset != 0 && !stream_.seekg(static_cast<std::streamoff>(offset))) fail();
}

std::string_view FilePieces::next() {
    errno = 0;
    piece_.resize(piece_size_bytes);
    stream_.read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
    if (stream_.bad()) fail();
    piece_.resize(static_cast<std::size_t>(stream_.gcount()));
    return piece_;
}

std::string_view OpenFilePieces::next() {
    piece_.resize(piece_size_bytes);
    ssize_t size = -1;
    do {
        errno = 0;
        size = pread(descriptor_, piece_.data(), piece_.size(), static_cast<off_t>(offset_));
    } while (size < 0 && errno == EINTR);
    if (size < 0) fail();
    piece_.resize(static_cast<std::size_t>(size));
    offset_ += piece_.size();
    return piece_;
}

}  // namespace plocal::base
