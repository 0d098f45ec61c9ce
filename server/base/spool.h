// Texts that may be too long for memory: written to their end, then read in pieces. A short one stays in memory. A long
// one lies in a file without a name, which is gone with the spool, even if the process is killed. Blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/descriptor.h"
#include "server/base/pieces.h"

namespace plocal::base {

/// Where spools keep their texts.
struct SpoolPlace {
    std::filesystem::path folder = {};  // empty: there is none
    std::size_t memory_bytes = std::size_t{1} << 20U;
    std::size_t memory_bytes_without_folder = std::size_t{64} << 20U;  // where no file can be made in the folder
};

/// The text cannot be kept. what() says why: "a temporary file cannot be written in /data: No space left on device".
class SpoolError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Spool {
public:
    explicit Spool(SpoolPlace place) : place_(std::move(place)) {}

    /// Adds a piece to the text. One thread at a time, and not after `open`. Throws SpoolError; the text is dropped
    /// then, and the spool is of no more use.
    void append(std::string_view piece);

    std::uint64_t size_bytes() const { return size_bytes_; }
    bool is_in_memory() const { return !file_; }

    /// Returns the text, which must be in memory. Nothing may be done with the spool afterwards.
    std::string take_text() { return std::move(text_); }

    /// Opens the text at an offset in bytes. The spool must outlive the result, whose `next` throws std::system_error
    /// where the file cannot be read. From any thread; several may read at once.
    std::unique_ptr<Pieces> open(std::uint64_t offset = 0) const;

private:
    void make_file();
    void write(std::string_view piece);
    [[noreturn]] void fail();

    SpoolPlace place_;
    std::string text_;  // while there is no file
    std::optional<Descriptor> file_;
    std::uint64_t size_bytes_ = 0;
    int error_ = 0;  // why there is no file, or why it cannot be written; 0 if none was needed yet
};

}  // namespace plocal::base
