// Reads filterValues, and binds the placeholders of an expression to them for one request. Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/filter-real-time.html
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/languages/filter/bound.h"
#include "server/model/languages/filter/tree.h"

namespace plocal::languages {

/// filterValues as a request has them: texts by the name of their placeholder, without $.
using FilterValues = std::map<std::string, std::string, std::less<>>;

/// Reads `"a","b"` with backslash escapes, or the bare list `a, b`. Returns no value for a blank text. Throws ApiError
/// (InvalidInputException) that names the placeholder for a list in quotes that is malformed.
std::vector<std::string> read_filter_values(std::string_view placeholder, std::string_view text);

/// Binds an expression. Drops each EXCLUDE that has a placeholder without a value; ignores values without a
/// placeholder. Throws ApiError (InvalidInputException) that names the placeholder for an INCLUDE without its value,
/// and for several values or a text where one number is compared.
BoundFilter bind_filter(const FilterExpression& expression, const FilterValues& values);

}  // namespace plocal::languages
