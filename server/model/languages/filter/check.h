// Checks a parsed filter expression against the datasets that it reads: what CreateFilter refuses beyond the grammar.
// Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/filter-expressions.html
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "server/model/languages/avro/record.h"
#include "server/model/languages/filter/tree.h"

namespace plocal::languages {

struct FilterDataset {
    std::string arn;  // for messages
    AvroSchema schema;
};

/// The datasets whose schema is known, by type ("ITEMS"). Fields of others are not checked.
using FilterDatasets = std::map<std::string, FilterDataset, std::less<>>;

/// Throws ApiError (InvalidInputException) at the first violation: parts that return different ids, several
/// placeholders in one list, what < and its like cannot compare, and columns that do not exist, are textual or boolean.
void check_filter(const FilterExpression& expression, const FilterDatasets& datasets);

/// Returns the columns of numbers that IN or NOT IN compares with texts, in order of use: "ITEMS.YEAR". The guide has
/// these operations for texts alone.
std::vector<std::string> number_columns_in_lists(const FilterExpression& expression, const FilterDatasets& datasets);

/// Returns the distinct fields of an expression, in capitals: "ITEMS.GENRE".
std::set<std::string> distinct_filter_fields(const FilterExpression& expression);

}  // namespace plocal::languages
