// Splits filter expressions into tokens, and builds the errors that point at one. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/api_error.h"

namespace plocal::languages {

enum class FilterTokenKind {
    word,         // a keyword, a dataset or a column
    number,       // 20, -1.5, 1e9
    string,       // "drama", 'drama', with its quotes
    placeholder,  // $GENRE
    sign,         // = != < <= > >= ( ) , . | *
    stray,        // none of these: a curly quote, a string that is not closed
    end,
};

struct FilterToken {
    FilterTokenKind kind = FilterTokenKind::end;
    std::string_view text;
    std::size_t at = 0;  // offset in bytes

    /// Returns true if it is this word in any case. `capitals` must be in upper case.
    bool is_word(std::string_view capitals) const;
    bool is_sign(std::string_view sign) const { return kind == FilterTokenKind::sign && text == sign; }
};

/// Returns all tokens of `text` in order, with an `end` token behind them. They live as long as the text. Throws
/// nothing of its own.
std::vector<FilterToken> filter_tokens(std::string_view text);

/// Returns the token that begins at an offset, as `filter_tokens` has it. There must be one.
FilterToken filter_token_at(std::string_view text, std::size_t at);

/// Returns a string without its quotes and escapes.
std::string unquoted(const FilterToken& string);

/// Returns the error for a token where `what` ("WHERE", "a value") is expected, in the input member `member`.
model::ApiError filter_expected(std::string_view text, const FilterToken& found, const std::string& what,
                                std::string_view member = "filterExpression");

/// Returns the error for a token that violates `rule`, a sentence without its full stop.
model::ApiError filter_forbidden(std::string_view text, const FilterToken& found, const std::string& rule,
                                 model::Evidence evidence = model::Evidence::documented);

/// Returns the error for a placeholder behind NOT IN, in the service's own words.
model::ApiError filter_placeholder_forbidden(std::string_view text, const FilterToken& placeholder);

}  // namespace plocal::languages
