// The values that a filter compares with: numbers and texts, prepared for fast look-ups, and how they compare with the
// cells of rows. Plain values, any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/model/languages/filter/fields.h"

namespace plocal::languages {

using FilterNumber = std::variant<std::int64_t, double>;

/// Reads a text that is a decimal number as a whole, such as 20, -1.5 or 1e9. Returns nothing for any other.
std::optional<FilterNumber> read_filter_number(std::string_view text);

/// Compares exactly, integers beyond 2^53 with fractions too. Unordered for NaN.
std::partial_ordering compare_filter_numbers(const FilterNumber& one, const FilterNumber& other);

/// Returns the number in a cell, or nothing for a null, a text or a boolean.
std::optional<FilterNumber> number_of_cell(const FilterCell& cell);

/// Returns true for a cell without a value.
inline bool is_null(const FilterCell& cell) {
    return std::holds_alternative<std::monostate>(cell);
}

/// Returns true if two cells share a value: equal numbers, or texts with an equal part between |. False for nulls.
bool cells_share_value(const FilterCell& one, const FilterCell& other);

class FilterLiterals {
public:
    /// Keeps each value once. A value that is a number equals numbers and texts.
    explicit FilterLiterals(std::vector<std::string> values = {});

    /// Returns true if the cell, or a part of it between |, is one of the values. Texts compare with their case. A
    /// boolean is the text true or false.
    bool contains(const FilterCell& cell) const;

    /// Returns the number of the only value, or nothing.
    std::optional<FilterNumber> only_number() const;

    /// Returns the values, sorted bytewise.
    const std::vector<std::string>& texts() const { return texts_; }

private:
    bool contains_text(std::string_view text) const;

    std::vector<std::string> texts_;
    std::vector<FilterNumber> numbers_;  // sorted
};

}  // namespace plocal::languages
