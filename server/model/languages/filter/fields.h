// What a filter asks of the rows: which columns there are, and their values. The caller implements it over its own
// data; rows and columns are indexes of the caller's choice. Any thread that the implementation allows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace plocal::languages {

/// Null, a number, a boolean or a text. A categorical column with several values is one text with | between them.
using FilterCell = std::variant<std::monostate, std::int64_t, double, bool, std::string_view>;

/// Which interactions: with items, or with actions.
enum class FilterEvents { items, actions };

class FilterColumns {
public:
    virtual ~FilterColumns() = default;

    /// Returns the index of a column of "ITEMS", "USERS" or "ACTIONS", by its name in any case, or nothing. The ids of
    /// the rows ("ITEM_ID") are columns as well. A column that is not there has no value in any row.
    virtual std::optional<std::size_t> filter_column(std::string_view dataset, std::string_view name) const = 0;
};

class FilterFields {
public:
    virtual ~FilterFields() = default;

    /// Returns the value of a column of an item, user or action that passes the filter or not. Null where an id that is
    /// known has no row. A text lives as long as the row does.
    virtual FilterCell filter_cell(std::size_t row, std::size_t column) const = 0;

    /// Returns the value of a column of the current user, and null if the user is unknown.
    virtual FilterCell current_user_cell(std::size_t column) const = 0;

    /// Returns the value of a column of the current item, and null without one.
    virtual FilterCell current_item_cell(std::size_t column) const = 0;

    /// Returns the types of the current user's interactions with an item or action; where rows are users, those of that
    /// user's interactions. A filter of actions may also ask for the interactions with items. In any spelling and
    /// order, empty for an interaction without a type. Lives until the next call.
    virtual std::span<const std::string_view> filter_event_types(FilterEvents events, std::size_t row) const = 0;
};

}  // namespace plocal::languages
