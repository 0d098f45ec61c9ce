// Draws random filters and rows by a seed, and writes the text of a filter and of its values.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "tests/unit/model/languages/filter/naive_filter.h"

namespace plocal::languages {

class FilterWriter {
public:
    std::string text;
    FilterValues values;

    void write(const RandomPart& part) {
        if (!text.empty()) text += " | ";
        text += part.includes ? "INCLUDE ItemID WHERE " : "EXCLUDE ItemID WHERE ";
        write(part.root);
        for (std::size_t i = 0; i < part.only_if.size(); ++i) {
            text += i == 0 ? " IF " : " AND ";
            write_condition(part.only_if[i], "CurrentUser.");
        }
    }

private:
    void write(const RandomNode& node) {
        if (node.in_parentheses) text += '(';
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
            if (i > 0) text += node.kind == '&' ? " AND " : " OR ";
            write(node.operands[i]);
        }
        if (node.kind == 'c') write_condition(node, node.of_events ? "Interactions." : "Items.");
        if (node.in_parentheses) text += ')';
    }

    void write_condition(const RandomNode& node, const std::string& dataset) {
        text += dataset + node.column + " " + node.operation + " ";
        if (node.written == Written::current_item) {
            text += "CurrentItem." + node.values[0];
            return;
        }
        const bool is_list = node.operation.ends_with("IN");
        if (is_list) text += '(';
        write_values(node);
        if (is_list) text += ')';
    }

    void write_values(const RandomNode& node) {
        std::string quoted;
        std::string bare;
        for (const std::string& value : node.values) {
            quoted += (quoted.empty() ? "\"" : ",\"") + value + "\"";
            bare += (bare.empty() ? "" : ", ") + value;
        }
        if (node.written == Written::placeholder || node.written == Written::missing_placeholder) {
            const std::string name = "P" + std::to_string(++placeholders_);
            text += "$" + name;
            if (node.written == Written::placeholder) values[name] = placeholders_ % 2 == 0 ? bare : quoted;
            return;
        }
        text += node.written == Written::literal ? bare : quoted;
    }

    int placeholders_ = 0;
};

class FilterDraw {
public:
    explicit FilterDraw(std::uint64_t seed) : random_(seed) {}

    RandomSteps steps() {
        RandomSteps steps;
        for (std::size_t i = below(8) + 1; i > 0; --i) steps.emplace_back(row(Role::row));
        if (below(4) > 0) steps.emplace_back(row(Role::user));
        if (below(4) > 0) steps.emplace_back(row(Role::item));
        for (std::size_t i = below(3) + 1; i > 0; --i) steps.emplace_back(part());
        return steps;
    }

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

    std::string pick(const RandomTexts& from) { return from[below(from.size())]; }
    std::string word() { return pick({"a", "b", "A", "a b", "1"}); }
    std::string number() { return pick({"-1", "0", "1", "1.5", "2", "9007199254740993"}); }

    TinyCell cell() {
        switch (below(4)) {
            case 0:
                return {};
            case 1:
                return word() + (below(2) == 0 ? "" : "|" + word());
            case 2:
                return below(8) == 0 ? std::int64_t{9'007'199'254'740'993} : static_cast<std::int64_t>(below(4)) - 1;
            default:
                return below(8) == 0 ? 9'007'199'254'740'992.0 : static_cast<double>(below(5)) / 2;
        }
    }

    RandomRow row(Role role) {
        RandomRow row;
        row.role = role;
        for (const char* const column : {"C", "D"}) row.cells[column] = cell();
        for (std::size_t i = below(3); i > 0; --i) row.events.push_back(pick({"buy", "Buy", "view", ""}));
        return row;
    }

    RandomPart part() {
        RandomPart part;
        part.includes = below(2) == 0;
        part.root = node(below(3), below(3) == 0, '|');
        if (below(3) == 0) {
            for (std::size_t i = below(2) + 1; i > 0; --i) part.only_if.push_back(condition(false));
        }
        return part;
    }

    /// `around` is the operator that the node is an operand of, or | if it is none.
    RandomNode node(std::size_t depth, bool of_events, char around) {
        RandomNode node;
        if (depth == 0 || below(4) == 0) {
            node = condition(of_events);
        } else {
            node.kind = below(2) == 0 ? '&' : '|';
            for (std::size_t i = below(3) + 1; i > 0; --i) {
                node.operands.push_back(this->node(depth - 1, of_events, node.kind));
            }
        }
        node.in_parentheses = (node.kind == '|' && around == '&') || below(4) == 0;
        return node;
    }

    RandomNode condition(bool of_events) {
        RandomNode node;
        node.of_events = of_events;
        node.column = of_events ? "EVENT_TYPE" : pick({"C", "D"});
        const bool is_list = below(2) == 0;
        node.operation = is_list ? pick({"IN", "NOT IN"}) : pick({"=", "!="});
        if (of_events) {
            node.values = {pick({"buy", "BUY", "rent", "*"})};
        } else if (below(4) == 0) {
            node.written = Written::current_item;
            node.values = {pick({"C", "D"})};
            if (!is_list) node.operation = pick({"=", "!=", "<", "<=", ">", ">="});
            return node;
        } else if (!is_list && below(2) == 0) {
            node.operation = pick({"<", "<=", ">", ">="});
            node.values = {number()};
        } else {
            node.values = {below(2) == 0 ? word() : number()};
        }
        while (is_list && below(2) == 0) node.values.push_back(of_events ? pick({"buy", "view"}) : word());
        node.written = written(node);
        return node;
    }

    Written written(const RandomNode& node) {
        const bool may_be_placeholder =
            node.operation != "NOT IN" && std::find(node.values.begin(), node.values.end(), "*") == node.values.end();
        if (may_be_placeholder && below(3) == 0) {
            return below(6) == 0 ? Written::missing_placeholder : Written::placeholder;
        }
        const bool are_numbers = std::all_of(node.values.begin(), node.values.end(),
                                             [](const std::string& value) { return !number_in(value).empty(); });
        return are_numbers && below(2) == 0 ? Written::literal : Written::quoted;
    }

    std::mt19937_64 random_;
};

}  // namespace plocal::languages
