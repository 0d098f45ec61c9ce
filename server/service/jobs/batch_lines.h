// Reads JSON Lines from a text in pieces, so that no more than one line is in memory. A byte-order mark, CRLF, empty
// lines and a missing last newline are taken. For one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/base/pieces.h"

namespace plocal::jobs {

/// A longer line is an error. The longest list to rank and the longest filterValues of the service fit several times.
inline constexpr std::size_t longest_line_bytes = std::size_t{1} << 20U;

struct BatchLine {
    std::string text;  // without its end; only its beginning where it is too long
    bool is_too_long = false;
    std::int64_t number = 0;  // from 1, with the empty lines
};

class BatchLines {
public:
    /// The pieces must outlive this.
    explicit BatchLines(base::Pieces& pieces) : pieces_(pieces) {}

    /// Reads the next line that is not empty. Returns false at the end. Throws what the pieces throw.
    bool next(BatchLine& line);

    /// How much of the text is read: the lines that were returned, with the empty ones before them.
    std::int64_t bytes() const { return bytes_; }

private:
    bool fetch();
    void pass_byte_order_mark();
    bool read(BatchLine& line);

    base::Pieces& pieces_;
    std::string_view piece_;  // the rest of it
    bool is_begun_ = false;
    std::int64_t bytes_ = 0;
    std::int64_t number_ = 0;
};

}  // namespace plocal::jobs
