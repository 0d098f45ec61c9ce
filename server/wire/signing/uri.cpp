#include "server/wire/signing/uri.h"

#include <algorithm>

#include "server/base/text.h"

namespace plocal::signing {
namespace {

using Parameter = std::pair<std::string, std::string>;

bool is_unreserved(char c) {
    return base::is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// A percent sign that begins no encoded byte stands for itself.
std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view digits = text[i] == '%' ? text.substr(i + 1, 2) : std::string_view();
        const auto byte = digits.size() == 2 ? base::parse_number<unsigned>(digits, 16) : std::nullopt;
        out += byte ? static_cast<char>(*byte) : text[i];
        if (byte) i += 2;
    }
    return out;
}

/// Removes the text before the first separator, and the separator, from the front of `text`. Returns what stood before
/// the separator.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t at = std::min(text.find(separator), text.size());
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

std::string normalized(std::string_view path) {
    const bool ends_with_slash = path.ends_with('/');
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const std::string_view segment = take_until(path, '/');
        if (segment == "..") {
            if (!segments.empty()) segments.pop_back();
        } else if (!segment.empty() && segment != ".") {
            segments.push_back(segment);
        }
    }
    std::string out;
    for (const std::string_view segment : segments) out.append("/").append(percent_encoded(segment));
    return ends_with_slash || out.empty() ? out + '/' : out;
}

std::string encoded_once(std::string_view path) {
    if (path.empty()) return "/";
    std::string out;
    for (std::size_t begin = 0;;) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        out += percent_encoded(percent_decoded(path.substr(begin, end - begin)));
        if (end == path.size()) return out;
        out += '/';
        begin = end + 1;
    }
}

}  // namespace

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const unsigned byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

std::string canonical_path(std::string_view target, PathRule rule) {
    const std::string_view path = target.substr(0, target.find('?'));
    return rule == PathRule::normalized ? normalized(path) : encoded_once(path);
}

Query::Query(std::string_view target) {
    const std::size_t mark = target.find('?');
    if (mark == std::string_view::npos) return;
    for (std::string_view text = target.substr(mark + 1); !text.empty();) {
        std::string_view pair = take_until(text, '&');
        if (pair.empty()) continue;
        const std::string_view name = take_until(pair, '=');
        parameters_.emplace_back(percent_decoded(name), percent_decoded(pair));
    }
}

std::optional<std::string_view> Query::find(std::string_view name) const {
    const auto found = std::ranges::find(parameters_, name, &Parameter::first);
    if (found == parameters_.end()) return std::nullopt;
    return found->second;
}

void Query::add(std::string_view name, std::string_view value) {
    parameters_.emplace_back(name, value);
}

void Query::remove(std::string_view name) {
    const auto found = std::ranges::find(parameters_, name, &Parameter::first);
    if (found != parameters_.end()) parameters_.erase(found);
}

std::string Query::canonical() const {
    std::vector<Parameter> encoded;
    encoded.reserve(parameters_.size());
    for (const auto& [name, value] : parameters_) encoded.emplace_back(percent_encoded(name), percent_encoded(value));
    std::ranges::sort(encoded);
    std::string text;
    for (const auto& [name, value] : encoded) {
        if (!text.empty()) text += '&';
        text += name;
        text += '=';
        text += value;
    }
    return text;
}

}  // namespace plocal::signing
