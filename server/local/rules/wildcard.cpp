#include "server/local/rules/wildcard.h"

#include <algorithm>
#include <cstring>

namespace plocal::rules {
namespace {

/// Removes everything up to the end of the first `piece` from a text. Returns false where the text does not have it.
/// Uses memmem, because string_view::find takes the product of both lengths in the worst case.
bool skip_past(std::string_view& text, std::string_view piece) {
    const void* const found = memmem(text.data(), text.size(), piece.data(), piece.size());
    if (found == nullptr) return false;
    text.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + piece.size());
    return true;
}

}  // namespace

Wildcard::Wildcard(std::string_view text) {
    std::size_t star = text.find('*');
    has_star_ = star != std::string_view::npos;
    first_ = text.substr(0, star);
    while (star != std::string_view::npos) {
        text.remove_prefix(star + 1);
        star = text.find('*');
        const std::string_view piece = text.substr(0, star);
        if (star == std::string_view::npos) {
            last_ = piece;
        } else if (!piece.empty()) {
            middle_.emplace_back(piece);
        }
    }
}

bool Wildcard::matches(std::string_view text) const {
    if (!has_star_) return text == first_;
    if (text.size() < first_.size() + last_.size() || !text.ends_with(last_) || !text.starts_with(first_)) return false;
    text.remove_prefix(first_.size());
    text.remove_suffix(last_.size());
    // The first place for each piece leaves the most text for the next ones, so no other place need be tried.
    return std::ranges::all_of(middle_, [&text](const std::string& piece) { return skip_past(text, piece); });
}

}  // namespace plocal::rules
