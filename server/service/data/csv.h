// Reads records of CSV from a text in pieces. In quoted fields, which may hold line breaks, `""` and `\"` are one quote
// and
// `\\` one backslash. A byte-order mark, CRLF, empty lines and a missing last newline are taken. Knows no columns. For
// one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/pieces.h"

namespace plocal::data {

/// The text is no CSV. what() says why.
class CsvError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class CsvReader {
public:
    /// The pieces must outlive the reader.
    explicit CsvReader(base::Pieces& pieces) : pieces_(pieces) {}

    /// Reads the next record. Returns false at the end. Throws CsvError, and what the pieces throw.
    bool next();

    /// The fields of the record. They live until the next call.
    std::size_t size() const { return ends_.size(); }
    std::string_view operator[](std::size_t field) const {
        const std::size_t begin = field == 0 ? 0 : ends_[field - 1];
        return std::string_view(text_).substr(begin, ends_[field] - begin);
    }

private:
    bool fetch();
    bool at_end();
    bool read_field();
    void read_quoted();
    void end_field() { ends_.push_back(text_.size()); }
    void append(std::string_view part);

    base::Pieces& pieces_;
    std::string_view piece_;  // the rest of it
    bool is_begun_ = false;
    std::string text_;  // of all fields of the record
    std::vector<std::size_t> ends_;
};

}  // namespace plocal::data
