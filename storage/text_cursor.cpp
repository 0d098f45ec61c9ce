#include "storage/text_cursor.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace plocal::storage {

bool TextCursor::try_take(char c) {
    if (unread_.empty() || unread_.front() != c) return false;
    unread_.remove_prefix(1);
    return true;
}

void TextCursor::expect(char c) {
    if (!try_take(c)) fail();
}

char TextCursor::take() {
    if (unread_.empty()) fail();
    const char c = unread_.front();
    unread_.remove_prefix(1);
    return c;
}

std::int64_t TextCursor::number() {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(unread_.data(), unread_.data() + unread_.size(), value);
    const auto length = static_cast<std::size_t>(end - unread_.data());
    const std::size_t first = !unread_.empty() && unread_.front() == '-' ? 1 : 0;
    const bool has_other_spelling = length > 1 && unread_[first] == '0';
    if (error != std::errc{} || has_other_spelling) fail();
    unread_.remove_prefix(length);
    return value;
}

std::string_view TextCursor::word(bool (*is_letter)(char)) {
    const auto end = std::find_if_not(unread_.begin(), unread_.end(), is_letter);
    const std::string_view taken(unread_.begin(), end);
    if (taken.empty()) fail();
    unread_.remove_prefix(taken.size());
    return taken;
}

void TextCursor::fail() const {
    throw std::invalid_argument("damaged " + std::string(what_) + " at byte " +
                                std::to_string(text_.size() - unread_.size()) + ": '" + std::string(text_) + "'");
}

}  // namespace plocal::storage
