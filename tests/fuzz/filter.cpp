// Filter expressions, in the first line, with the values of their placeholders, NAME=VALUE in the others: parsed,
// checked, bound, and evaluated for a few rows in each way that there is.
#include <memory>
#include <string>
#include <utility>

#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/model/languages/filter/check.h"
#include "server/model/languages/filter/explain.h"
#include "server/model/languages/filter/parse.h"
#include "server/model/languages/filter/values.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

using namespace std::string_view_literals;
using languages::FilterCell;
using languages::FilterExpression;

constexpr std::size_t few_rows = 3;

/// Rows in which each type of a cell comes with each name: the column of a name is its length.
class FewRows : public languages::FilterColumns, public languages::FilterFields {
public:
    std::optional<std::size_t> filter_column(std::string_view, std::string_view name) const override {
        return name.size() % 7 == 6 ? std::nullopt : std::optional(name.size());
    }
    FilterCell filter_cell(std::size_t row, std::size_t column) const override { return cell(row + column); }
    FilterCell current_user_cell(std::size_t column) const override { return cell(column); }
    FilterCell current_item_cell(std::size_t column) const override { return cell(column + 1); }
    std::span<const std::string_view> filter_event_types(languages::FilterEvents, std::size_t row) const override {
        static constexpr std::string_view types[] = {"click", "Not Taken", ""};
        return {types, row};
    }

private:
    static FilterCell cell(std::size_t which) {
        switch (which % 6) {
            case 0:
                return "Drama|Music"sv;
            case 1:
                return std::int64_t{7};
            case 2:
                return 0.5;
            case 3:
                return true;
            case 4:
                return "7"sv;
            default:
                return {};
        }
    }
};

languages::FilterDatasets few_datasets() {
    using languages::AvroSchema;
    languages::FilterDatasets known;
    known["ITEMS"] = {"arn:items", AvroSchema{"ITEMS", {{"GENRE", {"string"}, true}, {"PRICE", {"float"}}}, {}}};
    known["USERS"] = {"arn:users", AvroSchema{"USERS", {{"AGE", {"long", "null"}}, {"BIO", {"string"}}}, {}}};
    return known;
}

void require_placed(const model::ApiError& error) {
    require(error.name() == "InvalidInputException", "a refusal is an InvalidInputException", error.name());
    require(base::is_utf8(error.message()), "a message is a text", error.message());
    require(error.why().find(" at ") != std::string::npos, "a refusal has a place", error.why());
}

/// A part of an expression is an expression itself, with the same conditions.
void require_parts(const FilterExpression& expression) {
    for (const languages::FilterPart& part : expression.parts) {
        const FilterExpression alone = languages::parse_filter_expression(expression.text_of(part));
        require(alone.parts.size() == 1, "a part is one expression", expression.text_of(part));
        require(alone.parts[0].conditions.size() == part.conditions.size() && alone.parts[0].logic == part.logic,
                "a part has the same logic by itself", expression.text_of(part));
    }
}

void evaluate_filter(const FilterExpression& expression, const languages::FilterValues& values) {
    const FewRows rows;
    const auto bound = std::make_shared<const languages::BoundFilter>(languages::bind_filter(expression, values));
    const languages::PreparedFilter filter(bound, rows);
    const languages::FilterRows passing = filter.passing(rows, few_rows);
    for (std::size_t row = 0; row < few_rows; ++row) {
        require(passing[row] == filter.passes(rows, row), "a row passes alone as among others", expression.text);
        require(passing[row] == languages::explain_filter(filter, rows, row).passes, "an explanation agrees",
                expression.text);
    }
}

void run_filter(std::string_view input) {
    if (!base::is_utf8(input)) return;  // these texts come from JSON
    const std::string_view text = take_until(input, "\n");
    languages::FilterValues values;
    while (!input.empty()) {
        std::string_view line = take_until(input, "\n");
        const std::string_view name = take_until(line, "=");
        values.emplace(name, line);
    }
    FilterExpression expression;
    try {
        expression = languages::parse_filter_expression(text);
    } catch (const model::ApiError& error) {
        return require_placed(error);
    }
    require_parts(expression);
    static const languages::FilterDatasets known = few_datasets();
    try {
        languages::check_filter(expression, known);
        require(languages::number_columns_in_lists(expression, known).size() <= expression.fields.size(),
                "a list of numbers is of a field");
    } catch (const model::ApiError& error) {
        require_placed(error);
    }
    try {
        evaluate_filter(expression, values);
    } catch (const model::ApiError& error) {
        require(error.why().starts_with("filterValues/"), "a refusal names its placeholder", error.why());
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(filter, plocal::fuzz::run_filter)
