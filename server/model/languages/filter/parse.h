// Parses filter expressions, and lists the fields that one reads and its placeholders. Does not check that the datasets
// have such columns. Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/filter-expressions.html
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::languages {

struct FilterField {
    std::string dataset;  // INTERACTIONS, ITEMS, USERS, ACTIONS or ACTION_INTERACTIONS
    std::string column;   // as written
    std::size_t at;       // offset in bytes
};

struct FilterExpression {
    std::vector<FilterField> fields;        // every use, in order; CurrentUser is in USERS, CurrentItem in ITEMS
    std::vector<std::string> placeholders;  // without $, in order, each once
};

/// Parses an expression in time linear in its length, at any depth of parentheses. Throws ApiError
/// (InvalidInputException) at the first unexpected symbol.
FilterExpression parse_filter_expression(std::string_view text);

}  // namespace plocal::languages
