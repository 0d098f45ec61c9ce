// Texts that are read from the front in pieces, so that a long one is never in memory as a whole. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace plocal::base {

class Pieces {
public:
    Pieces() = default;
    Pieces(const Pieces&) = delete;
    Pieces& operator=(const Pieces&) = delete;
    virtual ~Pieces() = default;

    /// Returns the next piece, which is empty behind the last one only. It lives until the next call. A file throws
    /// std::system_error where it cannot be read.
    virtual std::string_view next() = 0;
};

/// A text in memory, whole or in pieces of a size. The text must outlive it.
class TextPieces : public Pieces {
public:
    explicit TextPieces(std::string_view text, std::size_t piece_bytes = std::string_view::npos)
        : rest_(text), piece_bytes_(piece_bytes) {}

    std::string_view next() override {
        const std::string_view piece = rest_.substr(0, piece_bytes_);
        rest_.remove_prefix(piece.size());
        return piece;
    }

private:
    std::string_view rest_;
    std::size_t piece_bytes_;
};

/// A file from an offset in bytes on. Blocks.
class FilePieces : public Pieces {
public:
    /// Throws std::system_error where the file cannot be opened.
    explicit FilePieces(const std::filesystem::path& file, std::uint64_t offset = 0);

    std::string_view next() override;

private:
    std::ifstream stream_;
    std::string piece_;
};

/// A file that is open, from an offset in bytes on. Several may read one descriptor at once. Blocks.
class OpenFilePieces : public Pieces {
public:
    /// The descriptor must stay open as long as this is used.
    explicit OpenFilePieces(int descriptor, std::uint64_t offset = 0) : descriptor_(descriptor), offset_(offset) {}

    std::string_view next() override;

private:
    int descriptor_;
    std::uint64_t offset_;  // of the next piece
    std::string piece_;
};

}  // namespace plocal::base
