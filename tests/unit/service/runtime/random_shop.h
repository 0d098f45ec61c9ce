// A shop with random rows, events and filters, and beside it the same as plain values, from which a test tells by
// itself what passes a filter. By a seed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/unit/model/languages/filter/filter_draw.h"
#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {

using languages::NaiveWorld;
using languages::RandomNode;
using languages::RandomPart;
using languages::TinyRow;

inline bool reads_item(const RandomNode& node) {
    return node.written == languages::Written::current_item || std::ranges::any_of(node.operands, reads_item);
}

struct RandomFilter {
    std::string arn;
    std::vector<RandomPart> parts;
    languages::FilterValues values;

    bool misses_an_include() const {
        return std::ranges::any_of(parts, [](const RandomPart& part) { return part.includes && misses_a_value(part); });
    }
    /// Whether it reads the item of the request. An EXCLUDE without its value is left out, whatever it reads.
    bool reads_item() const {
        return std::ranges::any_of(parts, [](const RandomPart& part) {
            return !misses_a_value(part) && (runtime::reads_item(part.root) ||
                                             std::ranges::any_of(part.only_if, [](const RandomNode& condition) {
                                                 return runtime::reads_item(condition);
                                             }));
        });
    }
};

struct ShopEvent {
    std::string user;
    std::string id;  // of an item or an action
    std::string type;
    std::int64_t time_s = 0;
};

/// The rows of a dataset by id, and the type of each column.
struct ShopTable {
    std::map<std::string, std::string> types;
    std::map<std::string, TinyRow> rows;
};

class RandomShop {
public:
    explicit RandomShop(std::uint64_t seed) : random_(seed) {
        now_s_ = World::start_time().time_since_epoch().count() / 1000;
        for (ShopTable* const table : {&items, &users, &actions}) {
            for (const char* const column : {"C", "D"})
                table->types[column] = pick({"string", "int", "long", "double"});
        }
        for (const std::string& id : numbered("i", 12)) draw_row(items, id);
        for (const std::string& id : numbered("u", 4)) draw_row(users, id);
        for (const std::string& id : numbered("a", 6)) draw_action(id);
        for (std::size_t i = below(60); i > 0; --i) events.push_back(draw_event());
        for (std::size_t i = below(20); i > 0; --i) action_events.push_back(draw_action_event());
        for (std::uint64_t i = 0; i < 10; ++i) draw_filter(seed, i, "Item");
        for (std::uint64_t i = 0; i < 4; ++i) draw_filter(seed, i, "Action");
    }

    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
    std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }
    static std::vector<std::string> numbered(const std::string& letter, int count) {
        std::vector<std::string> ids;
        for (int i = 1; i <= count; ++i) ids.push_back(letter + std::to_string(i));
        return ids;
    }

    void draw_row(ShopTable& table, const std::string& id) {
        if (below(6) == 0) return;
        for (const auto& [column, type] : table.types) table.rows[id][column] = draw_cell(type);
    }

    ShopEvent draw_event() {
        return {"u" + std::to_string(below(5) + 1), "i" + std::to_string(below(14) + 1),
                pick({"buy", "Buy", "view", "Watch", "purchase"}), now_s_ - static_cast<std::int64_t>(below(9'000))};
    }

    ShopEvent draw_action_event() {
        return {"u" + std::to_string(below(5) + 1), "a" + std::to_string(below(7) + 1),
                pick({"buy", "Taken", "NOT_TAKEN", "view"}), now_s_ - day_s * static_cast<std::int64_t>(below(9))};
    }

    ShopTable items, users, actions;
    std::vector<ShopEvent> events, action_events;
    std::vector<RandomFilter> item_filters, action_filters;
    std::int64_t now_s() const { return now_s_; }
    const std::map<std::string, std::string>& filter_texts() const { return texts_; }

private:
    languages::TinyCell draw_cell(const std::string& type) {
        if (below(4) == 0) return {};
        if (type == "string") {
            const std::vector<std::string> words = {"a", "b", "A", "a b", "1"};
            return pick(words) + (below(2) == 0 ? "" : "|" + pick(words));
        }
        if (type == "double") return static_cast<double>(below(5)) / 2;
        return static_cast<std::int64_t>(below(4)) - 1;
    }

    void draw_action(const std::string& id) {
        draw_row(actions, id);
        if (!actions.rows.contains(id)) return;
        TinyRow& row = actions.rows[id];
        row["VALUE"] = static_cast<std::int64_t>(below(3));
        if (below(2) == 0) row["REPEAT_FREQUENCY"] = static_cast<std::int64_t>(below(8) + 1);
        if (below(3) == 0) row["ACTION_EXPIRATION_TIMESTAMP"] = now_s_ + static_cast<std::int64_t>(below(3)) - 1;
    }

    /// Half of the filters of items read the item of the request.
    void draw_filter(std::uint64_t seed, std::uint64_t number, const std::string& of) {
        const bool may_read_item = of == "Item" && number % 2 == 0;
        for (std::uint64_t i = 0;; ++i) {
            RandomFilter filter{arn("filter/" + of + std::to_string(number)), {}, {}};
            languages::FilterWriter writer;
            for (const languages::RandomStep& step :
                 languages::FilterDraw(seed + 1'000 * i + 100'000 * number).steps()) {
                const auto* const part = std::get_if<RandomPart>(&step);
                if (part == nullptr) continue;
                filter.parts.push_back(*part);
                writer.write(*part);
            }
            if (filter.reads_item() && !may_read_item) continue;
            filter.values = writer.values;
            texts_[filter.arn] = of == "Item" ? writer.text : of_actions(writer.text);
            (of == "Item" ? item_filters : action_filters).push_back(std::move(filter));
            return;
        }
    }

    /// The same filter for actions. No value of a filter looks like one of these names.
    static std::string of_actions(std::string text) {
        const std::pair<std::string, std::string> names[] = {
            {"ItemID", "ActionID"}, {"Interactions.", "Action_Interactions."}, {"Items.", "Actions."}};
        for (const auto& [from, to] : names) {
            for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
                text.replace(at, from.size(), to);
            }
        }
        return text;
    }

    std::map<std::string, std::string> texts_;  // of filters, by ARN
    std::mt19937_64 random_;
    std::int64_t now_s_ = 0;
};

}  // namespace plocal::runtime
