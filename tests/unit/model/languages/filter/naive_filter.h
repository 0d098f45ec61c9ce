// The structure of a random filter, and a second evaluator that knows no text: it evaluates that structure in the most
// direct way, over the rows of a tiny world.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <variant>
#include <vector>

#include "tests/unit/model/languages/filter/tiny_world.h"

namespace plocal::languages {

using RandomTexts = std::vector<std::string>;

enum class Role { row, user, item };

struct RandomRow {
    Role role = Role::row;
    TinyRow cells;
    TinyEvents events;
};

enum class Written { literal, quoted, placeholder, missing_placeholder, current_item };

/// A condition, or AND or OR over others.
struct RandomNode {
    char kind = 'c';  // c, & or |
    std::vector<RandomNode> operands;
    bool in_parentheses = false;

    bool of_events = false;
    std::string column;
    std::string operation;
    RandomTexts values;  // "*" is any event; with current_item the column of the item
    Written written = Written::literal;
};

struct RandomPart {
    bool includes = false;
    RandomNode root;
    std::vector<RandomNode> only_if;
};

using RandomStep = std::variant<RandomRow, RandomPart>;
using RandomSteps = std::vector<RandomStep>;

inline RandomTexts parts_between_bars(const std::string& text) {
    RandomTexts parts{""};
    for (const char c : text) {
        if (c == '|') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

inline std::vector<long double> number_in(const std::string& text) {
    char* end = nullptr;
    const long double number = std::strtold(text.c_str(), &end);
    return text.empty() || *end != '\0' ? std::vector<long double>{} : std::vector{number};
}

inline std::vector<long double> number_in(const TinyCell& cell) {
    if (const auto* const whole = std::get_if<std::int64_t>(&cell)) return {static_cast<long double>(*whole)};
    if (const auto* const real = std::get_if<double>(&cell)) return {static_cast<long double>(*real)};
    return {};
}

inline TinyCell cell_named(const TinyRow& row, const std::string& name) {
    const auto found = row.find(name);
    return found == row.end() ? TinyCell() : found->second;
}

inline bool equals_text(const TinyCell& cell, const std::string& value) {
    if (const auto* const text = std::get_if<std::string>(&cell)) {
        const RandomTexts parts = parts_between_bars(*text);
        return std::find(parts.begin(), parts.end(), value) != parts.end();
    }
    const auto number = number_in(cell);
    return !number.empty() && number_in(value) == number;
}

inline bool equals_cell(const TinyCell& one, const TinyCell& other) {
    if (const auto* const text = std::get_if<std::string>(&other)) {
        const RandomTexts parts = parts_between_bars(*text);
        return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return equals_text(one, part); });
    }
    if (std::holds_alternative<std::string>(one)) return equals_cell(other, one);
    return number_in(one) == number_in(other) && !number_in(one).empty();
}

inline bool in_order(const std::string& operation, long double one, long double other) {
    if (operation == "<") return one < other;
    if (operation == "<=") return one <= other;
    if (operation == ">") return one > other;
    return one >= other;
}

struct NaiveWorld {
    TinyRow user;
    TinyRow item;

    bool holds(const RandomNode& node, const RandomRow& row) const {
        const auto holds_here = [&](const RandomNode& operand) { return holds(operand, row); };
        if (node.kind == '&') return std::all_of(node.operands.begin(), node.operands.end(), holds_here);
        if (node.kind == '|') return std::any_of(node.operands.begin(), node.operands.end(), holds_here);
        return node.of_events ? holds_for_events(node, row.events)
                              : holds_for_value(node, cell_named(row.cells, node.column), false);
    }

    bool applies(const RandomPart& part) const {
        return std::all_of(part.only_if.begin(), part.only_if.end(), [&](const RandomNode& node) {
            return holds_for_value(node, cell_named(user, node.column), true);
        });
    }

private:
    static bool negates(const RandomNode& node) { return node.operation == "NOT IN" || node.operation == "!="; }

    static bool holds_for_events(const RandomNode& node, const TinyEvents& events) {
        bool found = false;
        for (const std::string& event : events) {
            for (const std::string& value : node.values)
                found |= value == "*" || base::upper(value) == base::upper(event);
        }
        return found != negates(node);
    }

    bool holds_for_value(const RandomNode& node, const TinyCell& cell, bool in_if) const {
        if (cell == TinyCell()) return negates(node) && !in_if;
        const bool is_order = node.operation[0] == '<' || node.operation[0] == '>';
        if (node.written == Written::current_item) {
            const TinyCell other = cell_named(item, node.values[0]);
            if (other == TinyCell()) return negates(node);
            if (!is_order) return equals_cell(cell, other) != negates(node);
            const auto one = number_in(cell);
            const auto two = number_in(other);
            return !one.empty() && !two.empty() && in_order(node.operation, one[0], two[0]);
        }
        if (is_order) {
            const auto one = number_in(cell);
            return !one.empty() && in_order(node.operation, one[0], number_in(node.values[0])[0]);
        }
        bool found = false;
        for (const std::string& value : node.values) found |= equals_text(cell, value);
        return found != negates(node);
    }
};

inline bool misses_a_value(const RandomNode& node) {
    return node.written == Written::missing_placeholder ||
           std::any_of(node.operands.begin(), node.operands.end(), misses_a_value);
}

inline bool misses_a_value(const RandomPart& part) {
    return misses_a_value(part.root) || std::any_of(part.only_if.begin(), part.only_if.end(),
                                                    [](const RandomNode& node) { return misses_a_value(node); });
}

inline bool naive_passes(const NaiveWorld& world, const std::vector<RandomPart>& parts, const RandomRow& row) {
    bool restricts = false;
    bool included = false;
    bool excluded = false;
    for (const RandomPart& part : parts) {
        if (misses_a_value(part) || !world.applies(part)) continue;
        const bool holds = world.holds(part.root, row);
        restricts |= part.includes;
        included |= part.includes && holds;
        excluded |= !part.includes && holds;
    }
    return (included || !restricts) && !excluded;
}

}  // namespace plocal::languages
