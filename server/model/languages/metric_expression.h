// What a metric attribution adds up: "SUM(Items.PRICE)" or "SAMPLECOUNT()". Whether the dataset has that column, and a
// number in it, is for the caller to know. Pure.
#pragma once

#include <string>
#include <string_view>

namespace plocal::languages {

struct MetricExpression {
    bool is_count = false;
    std::string dataset;  // "ITEMS" or "INTERACTIONS"; empty for a count
    std::string column;   // as written; empty for a count
};

/// Case does not matter in function and dataset, nor do blanks between the parts. Throws
/// model::ApiError("InvalidInputException"), whose message counts the characters to the place.
MetricExpression parse_metric_expression(std::string_view text);

}  // namespace plocal::languages
