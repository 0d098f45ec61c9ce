// Parses the expressions of metric attributions: "SUM(Items.PRICE)" or "SAMPLECOUNT()". Does not check that the dataset
// has a numeric column of that name. Pure.
#pragma once

#include <string>
#include <string_view>

namespace plocal::languages {

struct MetricExpression {
    bool is_count = false;
    std::string dataset;  // "ITEMS" or "INTERACTIONS"; empty for a count
    std::string column;   // as written; empty for a count
};

/// Ignores the case of function and dataset, and blanks between the parts. Throws
/// model::ApiError("InvalidInputException") with the place in characters, counted from 1.
MetricExpression parse_metric_expression(std::string_view text);

}  // namespace plocal::languages
