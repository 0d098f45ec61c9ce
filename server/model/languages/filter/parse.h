// Parses filter expressions into a tree. Does not check that the datasets have such columns. Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/filter-expressions.html
#pragma once

#include <string_view>

#include "server/model/languages/filter/tree.h"

namespace plocal::languages {

/// Parses an expression in time linear in its length, at any depth of parentheses. Throws ApiError
/// (InvalidInputException) at the first unexpected symbol, and at the first that breaks a rule of the language.
FilterExpression parse_filter_expression(std::string_view text);

}  // namespace plocal::languages
