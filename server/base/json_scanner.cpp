#include "server/base/json_scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "server/base/json.h"

namespace plocal::base {
namespace {

constexpr bool is_white_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

constexpr bool ends_scalar(char c) {
    return is_white_space(c) || c == ',' || c == ']' || c == '}' || c == ':' || c == '\0';
}

/// The characters that matter outside strings.
constexpr std::array<bool, 256> structural = [] {
    std::array<bool, 256> table{};
    for (const char c : {'"', '{', '}', '[', ']'}) table[static_cast<unsigned char>(c)] = true;
    return table;
}();

bool is_structural(char c) {
    return structural[static_cast<unsigned char>(c)];
}

/// Returns true where an odd number of backslashes is before a place in a string.
bool is_escaped(std::string_view text, std::size_t at) {
    std::size_t backslashes = 0;
    while (at > backslashes && text[at - backslashes - 1] == '\\') ++backslashes;
    return backslashes % 2 == 1;
}

bool is_name(std::string_view key, std::string_view name) {
    if (key.find('\\') == std::string_view::npos) return key.substr(1, key.size() - 2) == name;
    return string_of(key) == name;
}

}  // namespace

bool JsonScanner::fetch() {
    if (start_ != nullptr) kept_.append(start_, end_);
    const std::string_view piece = pieces_.next();
    at_ = piece.data();
    end_ = at_ + piece.size();
    end_offset_ += piece.size();
    if (start_ != nullptr) start_ = at_;
    return !piece.empty();
}

char JsonScanner::peek() {
    do {
        while (at_ != end_ && is_white_space(*at_)) ++at_;
    } while (at_ == end_ && fetch());
    return at_ == end_ ? '\0' : *at_;
}

bool JsonScanner::has_ended() {
    peek();
    return at_ == end_;
}

bool JsonScanner::take(char expected) {
    if (peek() != expected || at_ == end_) return false;
    ++at_;
    return true;
}

std::optional<std::string_view> JsonScanner::take_value() {
    peek();
    kept_.clear();
    start_ = at_;
    const bool is_whole = pass_value();
    const std::string_view last(start_, static_cast<std::size_t>(at_ - start_));
    start_ = nullptr;
    if (!is_whole) return std::nullopt;
    if (kept_.empty()) return last;
    return kept_.append(last);
}

bool JsonScanner::skip_value() {
    peek();
    return pass_value();
}

bool JsonScanner::pass_value() {
    if (at_ == end_) return false;
    if (*at_ == '"') return pass_string();
    if (*at_ == '{' || *at_ == '[') return pass_nested();
    return pass_scalar();
}

bool JsonScanner::pass_string() {
    ++at_;
    const auto size = static_cast<std::size_t>(end_ - at_);
    const auto* const quote = size == 0 ? nullptr : static_cast<const char*>(std::memchr(at_, '"', size));
    if (quote != nullptr && std::memchr(at_, '\\', static_cast<std::size_t>(quote - at_)) == nullptr) {
        at_ = quote + 1;
        return true;
    }
    for (;;) {
        while (at_ != end_ && *at_ != '"' && *at_ != '\\') ++at_;
        if (at_ == end_) {
            if (!fetch()) return false;
        } else if (*at_++ == '"') {
            return true;
        } else {
            if (at_ == end_ && !fetch()) return false;
            ++at_;
        }
    }
}

bool JsonScanner::pass_nested() {
    std::size_t depth = 0;
    for (;;) {
        while (at_ != end_ && !is_structural(*at_)) ++at_;
        if (at_ == end_) {
            if (!fetch()) return false;
        } else if (*at_ == '"') {
            if (!pass_string()) return false;
        } else {
            const char bracket = *at_++;
            depth = bracket == '{' || bracket == '[' ? depth + 1 : depth - 1;
            if (depth == 0) return true;
        }
    }
}

bool JsonScanner::pass_scalar() {
    bool is_empty = true;
    do {
        for (; at_ != end_; ++at_, is_empty = false) {
            if (ends_scalar(*at_)) return !is_empty;
        }
    } while (fetch());
    return !is_empty;
}

std::optional<std::string_view> member_text(std::string_view object, std::string_view name) {
    TextPieces pieces(object);
    JsonScanner scanner(pieces);
    std::optional<std::string_view> found;
    if (!scanner.take('{')) return found;
    do {
        const auto key = scanner.peek() == '"' ? scanner.take_value() : std::nullopt;
        if (!key || !scanner.take(':')) break;
        const auto value = scanner.take_value();
        if (!value) break;
        if (is_name(*key, name)) found = value;
    } while (scanner.take(','));
    return found;
}

std::optional<std::string> string_of(std::string_view text) {
    if (text.size() < 2 || text.front() != '"') return std::nullopt;
    if (text.find('\\') == std::string_view::npos) return std::string(text.substr(1, text.size() - 2));
    try {
        return parse_json(text).get<std::string>();
    } catch (const JsonError&) {
        return std::nullopt;
    }
}

bool has_fraction(std::string_view text) {
    bool is_string = false;
    for (std::size_t from = 0; from < text.size(); is_string = !is_string) {
        std::size_t quote = text.find('"', from);
        while (is_string && quote != std::string_view::npos && is_escaped(text, quote))
            quote = text.find('"', quote + 1);
        const std::size_t end = std::min(quote, text.size());
        if (!is_string && text.substr(from, end - from).find('.') != std::string_view::npos) return true;
        from = end + 1;
    }
    return false;
}

}  // namespace plocal::base
