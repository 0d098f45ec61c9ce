// The symbols of which filter expressions are made, each with its place, and how a refusal points at one. Pure.
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
    stray,        // what begins none of these: a curly quote, a string that is not closed
    end,
};

struct FilterToken {
    FilterTokenKind kind = FilterTokenKind::end;
    std::string_view text;
    std::size_t at = 0;  // in bytes

    /// Whether it is this word, given in capitals, whatever the case of its own letters.
    bool is_word(std::string_view capitals) const;
    bool is_sign(std::string_view sign) const { return kind == FilterTokenKind::sign && text == sign; }
};

/// All symbols of `text` in order, and one `end` behind them. They live as long as the text. Throws nothing.
std::vector<FilterToken> filter_tokens(std::string_view text);

/// The refusal of a token because `what` ("WHERE", "a value") belongs in its place.
model::ApiError filter_expected(std::string_view text, const FilterToken& found, const std::string& what);

/// The refusal of a token that stands in a possible place and breaks `rule`, a sentence without its stop.
model::ApiError filter_forbidden(std::string_view text, const FilterToken& found, const std::string& rule,
                                 model::Evidence evidence = model::Evidence::documented);

/// The refusal of a placeholder behind NOT IN, in the service's own words.
model::ApiError filter_placeholder_forbidden(std::string_view text, const FilterToken& placeholder);

}  // namespace plocal::languages
