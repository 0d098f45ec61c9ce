#include "server/service/data/cell.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "server/base/decimal.h"
#include "server/base/problem.h"
#include "server/base/text.h"

namespace plocal::data {
namespace {

using base::Json;

constexpr std::string_view beginning_of_too_long = "Length cannot be more than ";

std::string line_of(const RowProblem& problem) {
    std::string line = problem.row == 0 ? std::string() : "row " + std::to_string(problem.row);
    if (!problem.column.empty()) line.append(line.empty() ? "column " : ", column ").append(problem.column);
    return line.empty() ? problem.text : line + ": " + problem.text;
}

std::string unfit(const Column& column, const Json& found) {
    return base::mismatch(column.types, base::excerpt(found));
}

/// Returns the number of characters in a text, or nothing where it is not UTF-8.
std::optional<std::size_t> characters_of(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) {
        const std::size_t length = base::utf8_character_bytes(text);
        if (length == 0) return std::nullopt;
        text.remove_prefix(length);
    }
    return count;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    while (count-- > 0) end += base::utf8_character_bytes(text.substr(end));
    return text.substr(0, end);
}

std::string take_text(const Column& column, std::string_view text, Cell& cell) {
    if (column.is_id && text.empty()) return base::mismatch("an id of at least one character", "\"\"");
    const auto count = characters_of(text);
    if (!count) return base::mismatch("text in UTF-8", base::excerpt(Json(std::string(text))));
    if (column.most_characters != 0 && *count > column.most_characters) {
        if (!column.is_cut) {
            return std::string(beginning_of_too_long) + std::to_string(column.most_characters) + " characters for " +
                   column.name +
                   ". If no values exceed the character limit, make sure your data follows the formatting guidelines "
                   "listed in https://docs.aws.amazon.com/personalize/latest/dg/data-prep-formatting.html.";
        }
        text = first_characters(text, column.most_characters);
    }
    set_text(cell, text);
    return {};
}

bool fits(const Column& column, std::int64_t number) {
    using Int = std::numeric_limits<std::int32_t>;
    return !column.is_int || (number >= Int::min() && number <= Int::max());
}

bool take_number(const Column& column, double number, Cell& cell) {
    constexpr double beyond_long = 9223372036854775808.0;
    if (!std::isfinite(number)) return false;
    if (column.accepts(CellType::number)) {
        cell = number;
        return true;
    }
    const bool is_whole = number == std::floor(number) && number >= -beyond_long && number < beyond_long;
    if (!is_whole || !column.accepts(CellType::whole) || !fits(column, static_cast<std::int64_t>(number))) return false;
    cell = static_cast<std::int64_t>(number);
    return true;
}

bool take_whole(const Column& column, std::int64_t number, Cell& cell) {
    if (column.accepts(CellType::whole) && fits(column, number)) {
        cell = number;
        return true;
    }
    if (!column.accepts(CellType::number)) return false;
    cell = static_cast<double>(number);
    return true;
}

/// Reads a text as one of the types that are written otherwise in JSON.
bool take_scalar(const Column& column, std::string_view text, Cell& cell) {
    if (column.accepts(CellType::boolean) && (text == "true" || text == "false")) {
        cell = text == "true";
        return true;
    }
    if (const auto whole = base::parse_number<std::int64_t>(text)) return take_whole(column, *whole, cell);
    const auto number = base::parse_decimal(text);
    return number && take_number(column, *number, cell);
}

}  // namespace

BadRow::BadRow(RowProblem problem) : std::runtime_error(line_of(problem)), problem_(std::move(problem)) {}

bool is_too_long(const RowProblem& problem) {
    return problem.text.starts_with(beginning_of_too_long);
}

void set_text(Cell& cell, std::string_view text) {
    if (auto* const present = std::get_if<std::string>(&cell)) {
        present->assign(text);
    } else {
        cell.emplace<std::string>(text);
    }
}

std::string read_text(const Column& column, std::string_view text, Cell& cell) {
    if (text.empty()) {
        cell = std::monostate();
        return column.may_be_null ? std::string() : base::mismatch(column.types, "nothing");
    }
    const bool may_be_text = column.accepts(CellType::text);
    const bool may_be_other = !may_be_text || column.accepted.size() > 1;
    if (may_be_other && take_scalar(column, text, cell)) return {};
    if (may_be_text) return take_text(column, text, cell);
    return unfit(column, Json(std::string(text)));
}

std::string read_json(const Column& column, const Json& value, Cell& cell) {
    if (value.is_null()) return read_text(column, {}, cell);
    if (const auto* const text = value.get_ptr<const Json::string_t*>()) {
        if (column.accepts(CellType::text)) return take_text(column, *text, cell);
        return read_text(column, *text, cell);
    }
    const bool fits_type = value.is_boolean()          ? column.accepts(CellType::boolean)
                           : value.is_number_float()   ? take_number(column, value.get<double>(), cell)
                           : value.is_number_integer() ? true
                                                       : false;
    if (!fits_type) return unfit(column, value);
    if (value.is_boolean()) cell = value.get<bool>();
    if (value.is_number_integer()) {
        const bool is_beyond = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
        const bool is_taken = is_beyond ? take_number(column, value.get<double>(), cell)
                                        : take_whole(column, value.get<std::int64_t>(), cell);
        if (!is_taken) return unfit(column, value);
    }
    return {};
}

}  // namespace plocal::data
