// The language of filters: what one reads and what it leaves to be filled in when it is used. Read as
// https://docs.aws.amazon.com/personalize/latest/dg/filter-expressions.html has it; whether the datasets have such
// columns is not known here. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::languages {

struct FilterField {
    std::string dataset;  // INTERACTIONS, ITEMS, USERS, ACTIONS or ACTION_INTERACTIONS
    std::string column;   // as written
    std::size_t at;       // where it begins, in bytes
};

struct FilterExpression {
    std::vector<FilterField> fields;        // each mention, in order; CurrentUser is of USERS, CurrentItem of ITEMS
    std::vector<std::string> placeholders;  // without their $, in order, each once
};

/// What `text` reads. Takes time in proportion to its length, however deep its parentheses. Throws ApiError
/// InvalidInputException at the first symbol that does not belong where it stands.
FilterExpression parse_filter_expression(std::string_view text);

}  // namespace plocal::languages
