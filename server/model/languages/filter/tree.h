// A parsed filter expression: a list of sub-expressions joined by |, each with its conditions, and with its place in
// the text. Plain values, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::languages {

/// Whose value a field is.
enum class FilterSource {
    row,           // the item, user or action that passes or not
    events,        // the event types of the current user's interactions with it
    current_user,  // the user that the request is about
    current_item,  // the item that the request is about
};

struct FilterField {
    std::string dataset;  // INTERACTIONS, ITEMS, USERS, ACTIONS or ACTION_INTERACTIONS
    std::string column;   // as written
    std::size_t at = 0;   // offset in bytes
    FilterSource source = FilterSource::row;
};

enum class FilterEffect { include, exclude };
enum class FilterIds { items, users, actions };
enum class FilterOperation { in, not_in, equal, not_equal, less, less_equal, greater, greater_equal };

/// Returns true for the operations that order numbers: <, <=, > and >=.
constexpr bool is_ordering(FilterOperation operation) {
    return operation >= FilterOperation::less;
}

/// Returns true for NOT IN and !=.
constexpr bool is_negation(FilterOperation operation) {
    return operation == FilterOperation::not_in || operation == FilterOperation::not_equal;
}

enum class FilterValueKind { text, number, placeholder, any, field };

struct FilterValue {
    FilterValueKind kind = FilterValueKind::text;
    std::string text;       // a string without quotes and escapes, a number as written, a placeholder's name without $
    std::size_t field = 0;  // for the kind `field`: its index in FilterExpression::fields
    std::size_t at = 0;     // offset in bytes
};

struct FilterCondition {
    std::size_t field = 0;  // its index in FilterExpression::fields
    FilterOperation operation = FilterOperation::in;
    std::vector<FilterValue> values;  // one, unless the operation is in or not_in
};

/// A step of a logical expression in postfix notation, which has a tree's meaning at any depth without recursion.
enum class FilterStep {
    condition,  // the next condition, in the order of the text
    both,       // AND of the two operands before it
    either,     // OR of the two operands before it
};

struct FilterPart {
    FilterEffect effect = FilterEffect::include;
    FilterIds ids = FilterIds::items;
    std::size_t ids_at = 0;  // offset in bytes of ItemID, UserID or ActionID
    std::vector<FilterCondition> conditions;
    std::vector<FilterStep> logic;         // over `conditions`; never empty
    std::vector<FilterCondition> only_if;  // joined by AND; empty without IF
    std::size_t begin = 0;                 // offsets in bytes
    std::size_t end = 0;
};

struct FilterExpression {
    std::string text;
    std::vector<FilterPart> parts;          // never empty
    std::vector<FilterField> fields;        // every use, in order; CurrentUser is in USERS, CurrentItem in ITEMS
    std::vector<std::string> placeholders;  // without $, in order, each once

    /// Returns the text of a part of this expression. Lives as long as the expression.
    std::string_view text_of(const FilterPart& part) const {
        return std::string_view(text).substr(part.begin, part.end - part.begin);
    }
};

}  // namespace plocal::languages
