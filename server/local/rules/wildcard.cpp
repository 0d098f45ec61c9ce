#include "server/local/rules/wildcard.h"

#include <cstring>

namespace plocal::rules {
namespace {

/// Takes everything up to the end of the first `piece` off the front of a text; false where it has none. memmem, since
/// string_view::find takes the product of both lengths at worst.
bool skip_past(std::string_view& text, std::string_view piece) {
    const void* const found = memmem(text.data(), text.size(), piece.data(), piece.size());
    if (found == nullptr) return false;
    text.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + piece.size());
    return true;
}

}  // namespace

Wildcard::Wildcard(std::string_view text) {
    for (std::size_t star = text.find('*'); star != std::string_view::npos; star = text.find('*')) {
        // Two stars side by side say what one does.
        if (star > 0 || pieces_.empty()) pieces_.emplace_back(text.substr(0, star));
        text.remove_prefix(star + 1);
    }
    pieces_.emplace_back(text);
}

bool Wildcard::matches(std::string_view text) const {
    if (const std::string* const only = exact()) return text == *only;
    const std::string& first = pieces_.front();
    const std::string& last = pieces_.back();
    if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last)) return false;
    text.remove_prefix(first.size());
    text.remove_suffix(last.size());
    // The earliest place for each piece leaves the most for those behind it: no need to ever go back.
    for (std::size_t i = 1; i + 1 < pieces_.size(); ++i) {
        if (!skip_past(text, pieces_[i])) return false;
    }
    return true;
}

}  // namespace plocal::rules
