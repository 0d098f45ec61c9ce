#include "server/service/jobs/batch_lines.h"

#include "server/base/text.h"

namespace plocal::jobs {
namespace {

constexpr std::size_t shown_bytes = 200;  // of a line that is too long
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

}  // namespace

bool BatchLines::next(BatchLine& line) {
    if (!is_begun_) pass_byte_order_mark();
    is_begun_ = true;
    while (read(line)) {
        if (line.is_too_long || line.text.find_first_not_of(" \t\r") != std::string::npos) return true;
    }
    return false;
}

/// Returns whether there is more of the text.
bool BatchLines::fetch() {
    if (piece_.empty()) piece_ = pieces_.next();
    return !piece_.empty();
}

/// Byte by byte, because a piece may end inside the mark.
void BatchLines::pass_byte_order_mark() {
    for (std::size_t i = 0; i < utf8_mark.size() && fetch() && piece_.front() == utf8_mark[i]; ++i) {
        piece_.remove_prefix(1);
        ++bytes_;
    }
}

/// Reads a line that may be empty. Returns false at the end of the text.
bool BatchLines::read(BatchLine& line) {
    line = {};
    if (!fetch()) return false;
    bool is_over = false;
    while (!is_over && fetch()) {
        const std::size_t end = piece_.find('\n');
        is_over = end != std::string_view::npos;
        const std::string_view part = piece_.substr(0, end);
        if (!line.is_too_long) line.text += part.substr(0, longest_line_bytes + 1 - line.text.size());
        if (line.text.size() > longest_line_bytes) {
            line.text.resize(base::utf8_prefix(line.text, shown_bytes).size());
            line.is_too_long = true;
        }
        const std::size_t taken = part.size() + (is_over ? 1 : 0);
        bytes_ += static_cast<std::int64_t>(taken);
        piece_.remove_prefix(taken);
    }
    line.number = ++number_;
    if (line.text.ends_with('\r')) line.text.pop_back();
    return true;
}

}  // namespace plocal::jobs
