#include "server/service/data/csv.h"

namespace plocal::data {
namespace {

// A quote that is never closed would otherwise take the rest of the file into memory.
constexpr std::size_t most_bytes_of_a_record = std::size_t{4} << 20;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

bool CsvReader::fetch() {
    piece_ = pieces_.next();
    return !piece_.empty();
}

/// Returns true if nothing is left to read.
bool CsvReader::at_end() {
    return piece_.empty() && !fetch();
}

void CsvReader::append(std::string_view part) {
    if (text_.size() + part.size() > most_bytes_of_a_record) {
        throw CsvError("the record is longer than 4 MiB: is a quote missing?");
    }
    text_.append(part);
}

bool CsvReader::next() {
    if (!is_begun_) {
        is_begun_ = true;
        // Byte by byte, because a piece may end inside the mark.
        for (std::size_t i = 0; i < byte_order_mark.size() && !at_end() && piece_.front() == byte_order_mark[i]; ++i) {
            piece_.remove_prefix(1);
        }
    }
    do {
        if (at_end()) return false;
        text_.clear();
        ends_.clear();
        while (read_field()) continue;
    } while (ends_.size() == 1 && text_.empty());  // an empty line
    return true;
}

/// Reads a field and what ends it. Returns false behind the last one of a record.
bool CsvReader::read_field() {
    if (!at_end() && piece_.front() == '"') read_quoted();
    const std::size_t quoted = text_.size();
    for (;;) {
        if (at_end()) break;
        const std::size_t end = piece_.find_first_of(",\n");
        append(piece_.substr(0, end));
        if (end == std::string_view::npos) {
            piece_ = {};
            continue;
        }
        const char separator = piece_[end];
        piece_.remove_prefix(end + 1);
        if (separator == ',') {
            end_field();
            return true;
        }
        break;
    }
    if (text_.size() > quoted && text_.back() == '\r') text_.pop_back();
    end_field();
    return false;
}

/// Reads a field from its opening quote to behind its closing one.
void CsvReader::read_quoted() {
    piece_.remove_prefix(1);
    for (;;) {
        if (at_end()) throw CsvError("a quote is opened and never closed");
        const std::size_t end = piece_.find_first_of("\"\\");
        append(piece_.substr(0, end));
        if (end == std::string_view::npos) {
            piece_ = {};
            continue;
        }
        const char mark = piece_[end];
        piece_.remove_prefix(end + 1);
        const char following = at_end() ? '\0' : piece_.front();
        if (following == '"' || (mark == '\\' && following == '\\')) {
            append({&following, 1});
            piece_.remove_prefix(1);
        } else if (mark == '\\') {
            append("\\");
        } else {
            if (following != '\0' && following != ',' && following != '\n' && following != '\r') {
                throw CsvError("a closing quote is followed by neither a comma nor the end of the line");
            }
            return;
        }
    }
}

}  // namespace plocal::data
