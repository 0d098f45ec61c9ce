// A small world that a filter is evaluated over: rows with their cells by name, and the events of the current user.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/base/text.h"
#include "server/model/languages/filter/evaluate.h"
#include "server/model/languages/filter/parse.h"
#include "server/model/languages/filter/values.h"

namespace plocal::languages {

using TinyCell = std::variant<std::monostate, std::int64_t, double, bool, std::string>;
using TinyRow = std::map<std::string, TinyCell>;  // by column, in capitals
using TinyEvents = std::vector<std::string>;

struct TinyWorld : FilterColumns, FilterFields {
    std::string ids;  // one letter a row
    std::vector<TinyRow> rows;
    TinyRow user;
    TinyRow item;
    std::map<std::pair<FilterEvents, std::size_t>, TinyEvents> events;

    std::optional<std::size_t> filter_column(std::string_view, std::string_view name) const override {
        names_.push_back(base::upper(name));
        return names_.size() - 1;
    }
    FilterCell filter_cell(std::size_t row, std::size_t column) const override { return cell(rows[row], column); }
    FilterCell current_user_cell(std::size_t column) const override { return cell(user, column); }
    FilterCell current_item_cell(std::size_t column) const override { return cell(item, column); }
    std::span<const std::string_view> filter_event_types(FilterEvents kind, std::size_t row) const override {
        types_.clear();
        const auto found = events.find({kind, row});
        if (found != events.end()) types_.assign(found->second.begin(), found->second.end());
        return types_;
    }

    PreparedFilter prepared(std::string_view expression, const FilterValues& values = {}) const {
        const BoundFilter bound = bind_filter(parse_filter_expression(expression), values);
        return {std::make_shared<const BoundFilter>(bound), *this};
    }

    /// Returns the ids of the rows that pass.
    std::string passing(std::string_view expression, const FilterValues& values = {}) const {
        const FilterRows passed = prepared(expression, values).passing(*this, rows.size());
        std::string found;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (passed[row]) found += ids[row];
        }
        return found;
    }

private:
    FilterCell cell(const TinyRow& row, std::size_t column) const {
        const auto found = row.find(names_[column]);
        if (found == row.end()) return {};
        return std::visit([](const auto& value) -> FilterCell { return value; }, found->second);
    }

    mutable std::vector<std::string> names_;
    mutable std::vector<std::string_view> types_;
};

/// Five items: the last has no row. The user is 30 years old and has interactions with all but d.
inline TinyWorld tiny_items() {
    TinyWorld world;
    world.ids = "abcde";
    world.rows = {{{"ITEM_ID", "a"},
                   {"GENRE", "Drama|Music"},
                   {"CATEGORY", "shoe"},
                   {"CATEGORY_L1", "shoe"},
                   {"CATEGORY_L2", "boot"},
                   {"DESCRIPTION", "boot"},
                   {"PRICE", 10},
                   {"CREATION_TIMESTAMP", 100},
                   {"OWNER", "in-house"},
                   {"AVAILABLE", "True"},
                   {"YEAR", 1931},
                   {"ARTICLE_GENRE", "tech"},
                   {"PROMOTED", "Y"}},
                  {{"ITEM_ID", "b"},
                   {"GENRE", "Comedy"},
                   {"CATEGORY", "shoe"},
                   {"CATEGORY_L1", "shoe"},
                   {"CATEGORY_L2", "sandal"},
                   {"DESCRIPTION", "sandal"},
                   {"PRICE", 20.5},
                   {"CREATION_TIMESTAMP", 200},
                   {"OWNER", "vendor"},
                   {"AVAILABLE", "False"},
                   {"YEAR", 1940},
                   {"ARTICLE_GENRE", "non tech"},
                   {"PROMOTED", "N"}},
                  {{"ITEM_ID", "c"},
                   {"GENRE", "Romance|Drama"},
                   {"CATEGORY", "watch"},
                   {"CATEGORY_L1", "watch"},
                   {"DESCRIPTION", "luxury"},
                   {"PRICE", 300},
                   {"CREATION_TIMESTAMP", 300},
                   {"OWNER", "in-house"},
                   {"AVAILABLE", "True"},
                   {"YEAR", 1939},
                   {"ARTICLE_GENRE", "tech|cloud provider news"},
                   {"PROMOTED", "Y"}},
                  {{"ITEM_ID", "d"},
                   {"GENRE", "drama"},
                   {"CATEGORY", "clothing"},
                   {"CATEGORY_L1", "food service"},
                   {"CATEGORY_L2", "boot"},
                   {"PRICE", 15},
                   {"CREATION_TIMESTAMP", 400},
                   {"AVAILABLE", "True"},
                   {"YEAR", 1930},
                   {"ARTICLE_GENRE", "sports"},
                   {"PROMOTED", "Y"}},
                  {}};
    world.user = {{"AGE", 30}, {"MEMBERSHIP", "Premium"}};
    world.item = {{"GENRE", "Comedy|Music"}, {"PRICE", 20}, {"CATEGORY_L1", "watch"}};
    world.events = {{{FilterEvents::items, 0}, {"click", "Purchase"}},
                    {{FilterEvents::items, 1}, {"stream"}},
                    {{FilterEvents::items, 2}, {"favorite"}},
                    {{FilterEvents::items, 4}, {"Watch"}}};
    return world;
}

/// Three users: the last has no row and no interactions.
inline TinyWorld tiny_users() {
    TinyWorld world;
    world.ids = "uvw";
    world.rows = {{{"MEMBERSHIP_STATUS", "Gold"}, {"AGE", 17}, {"COUNTRY", "England"}},
                  {{"MEMBERSHIP_STATUS", "Silver"}, {"AGE", 40}, {"COUNTRY", "France"}},
                  {}};
    world.events = {{{FilterEvents::items, 0}, {"click"}}, {{FilterEvents::items, 1}, {"rating", "Purchase"}}};
    return world;
}

/// Three actions: the last has no row. The user is a premium member.
inline TinyWorld tiny_actions() {
    TinyWorld world;
    world.ids = "pqr";
    world.rows = {{{"CATEGORY", "reward"}, {"VALUE", 5}, {"MEMBERSHIP_LEVEL", "Premium"}},
                  {{"CATEGORY", "offer"}, {"VALUE", 10.5}, {"MEMBERSHIP_LEVEL", "Basic"}},
                  {}};
    world.user = {{"MEMBERSHIP", "Premium"}};
    world.events = {{{FilterEvents::actions, 0}, {"Not Taken"}},
                    {{FilterEvents::actions, 1}, {"TAKEN"}},
                    {{FilterEvents::actions, 2}, {"viewed"}}};
    return world;
}

}  // namespace plocal::languages
