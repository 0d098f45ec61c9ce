#include "server/model/languages/filter/tokens.h"

#include <algorithm>
#include <array>

#include "server/base/text.h"

namespace plocal::languages {
namespace {

bool is_token_part(char c) {
    return base::is_letter_or_digit(c) || c == '_';
}

bool is_token_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t word_token_size(std::string_view rest) {
    return static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_token_part) - rest.begin());
}

// Returns 0 unless `rest` begins with a number that no word character follows.
std::size_t number_token_size(std::string_view rest) {
    const auto digits_from = [rest](std::size_t at) {
        while (at < rest.size() && base::is_digit(rest[at])) ++at;
        return at;
    };
    const std::size_t begin = rest.starts_with('-') ? 1 : 0;
    std::size_t end = digits_from(begin);
    if (end == begin) return 0;
    if (end < rest.size() && rest[end] == '.' && digits_from(end + 1) > end + 1) end = digits_from(end + 1);
    if (end < rest.size() && (rest[end] == 'e' || rest[end] == 'E')) {
        const bool is_signed = end + 1 < rest.size() && (rest[end + 1] == '-' || rest[end + 1] == '+');
        const std::size_t exponent = end + (is_signed ? 2 : 1);
        if (digits_from(exponent) > exponent) end = digits_from(exponent);
    }
    return word_token_size(rest.substr(end)) == 0 ? end : 0;
}

// Returns the size with both quotes, or npos for a string that is not closed.
std::size_t string_token_size(std::string_view rest) {
    for (std::size_t at = 1; at < rest.size(); ++at) {
        if (rest[at] == rest.front()) return at + 1;
        if (rest[at] == '\\') ++at;
    }
    return std::string_view::npos;
}

std::size_t sign_token_size(std::string_view rest) {
    constexpr std::array<std::string_view, 12> signs = {"!=", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", "|", "*"};
    for (const std::string_view sign : signs) {
        if (rest.starts_with(sign)) return sign.size();
    }
    return 0;
}

// Returns the size of a whole word or character, so that a message that shows it stays valid UTF-8.
std::size_t stray_token_size(std::string_view rest) {
    std::size_t size = std::max<std::size_t>(word_token_size(rest), 1);
    while (size < rest.size() && base::is_utf8_continuation(rest[size])) ++size;
    return size;
}

// `rest` must not be empty and must not begin with a blank.
FilterToken first_filter_token(std::string_view rest, std::size_t at) {
    const auto token = [rest, at](FilterTokenKind kind, std::size_t size) {
        return FilterToken{kind, rest.substr(0, size), at};
    };
    const char first = rest.front();
    if (first == '"' || first == '\'') {
        const std::size_t size = string_token_size(rest);
        return token(size == std::string_view::npos ? FilterTokenKind::stray : FilterTokenKind::string, size);
    }
    if (first == '$') {
        const std::size_t name = word_token_size(rest.substr(1));
        return token(name == 0 ? FilterTokenKind::stray : FilterTokenKind::placeholder, name + 1);
    }
    if (const std::size_t size = number_token_size(rest)) return token(FilterTokenKind::number, size);
    if (is_token_part(first) && !base::is_digit(first)) return token(FilterTokenKind::word, word_token_size(rest));
    if (const std::size_t size = sign_token_size(rest)) return token(FilterTokenKind::sign, size);
    return token(FilterTokenKind::stray, stray_token_size(rest));
}

// Columns are characters, counted from 1.
std::string filter_column(std::string_view text, const FilterToken& token) {
    return "column " + std::to_string(base::code_points(text.substr(0, token.at)) + 1);
}

// Cuts a token at the end of its line and at 60 bytes: a string that is not closed reaches to the end of the text. A
// cut token ends in two dots, and the full stop behind it makes three.
std::string shown_token(const FilterToken& token) {
    constexpr std::size_t most_bytes = 60;
    const auto ends_line = [](char c) { return static_cast<unsigned char>(c) < 0x20U; };
    const auto& text = token.text;
    auto size = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), ends_line) - text.begin());
    if (size > most_bytes && token.kind != FilterTokenKind::placeholder) {
        size = base::utf8_prefix(text, most_bytes).size();
    }
    return std::string(text.substr(0, size)) + (size < text.size() ? ".." : "");
}

model::ApiError token_refusal(std::string message, const std::string& place, const std::string& what,
                              model::Evidence evidence, std::string_view member = "filterExpression") {
    return {"InvalidInputException", std::move(message), std::string(member) + " at " + place + ": " + what, evidence};
}

model::ApiError token_refusal_of(const FilterToken& found, const std::string& place, const std::string& rule,
                                 model::Evidence evidence, std::string_view member = "filterExpression") {
    return token_refusal("Invalid input symbol: " + shown_token(found) + ". " + rule + " (" + place + ").", place, rule,
                         evidence, member);
}

}  // namespace

bool FilterToken::is_word(std::string_view capitals) const {
    return kind == FilterTokenKind::word && text.size() == capitals.size() && base::upper(text) == capitals;
}

std::vector<FilterToken> filter_tokens(std::string_view text) {
    std::vector<FilterToken> tokens;
    for (std::size_t at = 0; at < text.size();) {
        if (is_token_blank(text[at])) {
            ++at;
            continue;
        }
        tokens.push_back(first_filter_token(text.substr(at), at));
        at += tokens.back().text.size();
    }
    tokens.push_back({FilterTokenKind::end, {}, text.size()});
    return tokens;
}

FilterToken filter_token_at(std::string_view text, std::size_t at) {
    return first_filter_token(text.substr(at), at);
}

std::string unquoted(const FilterToken& string) {
    std::string text;
    for (std::size_t at = 1; at + 1 < string.text.size(); ++at) {
        if (string.text[at] == '\\') ++at;
        text += string.text[at];
    }
    return text;
}

model::ApiError filter_expected(std::string_view text, const FilterToken& found, const std::string& what,
                                std::string_view member) {
    const std::string place = filter_column(text, found);
    if (found.kind != FilterTokenKind::end) {
        return token_refusal_of(found, place, "Expected " + what, model::Evidence::inferred, member);
    }
    return token_refusal("Invalid Expression. Expected " + what + ", but the expression ends (" + place + ").", place,
                         "Expected " + what, model::Evidence::inferred, member);
}

model::ApiError filter_forbidden(std::string_view text, const FilterToken& found, const std::string& rule,
                                 model::Evidence evidence) {
    return token_refusal_of(found, filter_column(text, found), rule, evidence);
}

model::ApiError filter_placeholder_forbidden(std::string_view text, const FilterToken& placeholder) {
    const std::string rule = "Placeholders are not allowed with NOT_IN operator";
    return token_refusal("Invalid input symbol: " + shown_token(placeholder) + ". " + rule + ".",
                         filter_column(text, placeholder), rule, model::Evidence::documented);
}

}  // namespace plocal::languages
