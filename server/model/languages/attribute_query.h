// The queries of lines of a batch segment job: ITEMS.GENRES = "Comedy" AND ITEMS.YEAR = "1994". They are made of the
// tokens of filter expressions. Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/batch-data-upload.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::languages {

struct AttributeCondition {
    std::string column;  // of the Items dataset, as written
    std::string value;   // without quotes and escapes
};

/// Returns the conditions, which are joined by AND. Throws ApiError (InvalidInputException) that points at the first
/// token that is none of the language.
std::vector<AttributeCondition> parse_attribute_query(std::string_view text);

}  // namespace plocal::languages
