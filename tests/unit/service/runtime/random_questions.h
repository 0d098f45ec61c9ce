// Random questions to a random shop, and what a simple second evaluator says about the answers.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "server/base/text.h"
#include "tests/unit/service/runtime/random_shop_document.h"

namespace plocal::runtime {

using recommender::Answers;
using recommender::Recipe;

struct Question {
    const Recipe* recipe = nullptr;
    Json input = Json::object();
    const RandomFilter* filter = nullptr;
    const RandomFilter* promoted = nullptr;  // the filter of the promotion
    std::string user;                        // "" for none
    std::string item;
    std::size_t count = 25;  // of results, at most

    bool is_of_actions() const { return recipe->answers == Answers::actions; }
    bool is_ranking() const { return recipe->answers == Answers::ranking; }
    const char* operation() const {
        return is_of_actions() ? "GetActionRecommendations"
               : is_ranking()  ? "GetPersonalizedRanking"
                               : "GetRecommendations";
    }
    const char* path() const {
        return is_of_actions() ? "/action-recommendations" : is_ranking() ? "/personalize-ranking" : "/recommendations";
    }
    const char* list() const {
        return is_of_actions() ? "actionList" : is_ranking() ? "personalizedRanking" : "itemList";
    }
    const char* id() const { return is_of_actions() ? "actionId" : "itemId"; }

    /// All ids that there may be, and one that there is not.
    std::vector<std::string> ids() const {
        std::vector<std::string> all = is_of_actions() ? RandomShop::numbered("a", 8) : RandomShop::numbered("i", 16);
        all.push_back("zz");
        return all;
    }
};

class Questions {
public:
    explicit Questions(RandomShop& shop) : shop_(shop) {}

    /// A question to any recipe that answers.
    Question any() {
        const auto recipes = recommender::all_recipes();
        for (;;) {
            const Recipe& recipe = recipes[shop_.below(recipes.size())];
            if (recipe.answers != Answers::none) return to(recipe);
        }
    }

    Question to(const Recipe& recipe) {
        Question asked = plain(recipe);
        if (recipe.method == recommender::Method::personal && shop_.below(3) == 0) {
            asked.input["context"] = {{"DEVICE", "phone"}};
        }
        if (!asked.is_ranking() && shop_.below(2) == 0) asked.input["numResults"] = asked.count = shop_.below(16);
        draw_filters(asked);
        return asked;
    }

    /// One that is answered in any case.
    Question plain(const Recipe& recipe) {
        Question asked{.recipe = &recipe};
        const std::string name(recipe.name);
        asked.input[is_of_a_domain(recipe) ? "recommenderArn" : "campaignArn"] =
            arn((is_of_a_domain(recipe) ? "recommender/" : "campaign/") + name);
        if (recipe.needs_user || shop_.below(2) == 0) {
            asked.input["userId"] = asked.user = "u" + std::to_string(shop_.below(6) + 1);
        }
        if (recipe.needs_item) asked.input["itemId"] = asked.item = "i" + std::to_string(shop_.below(15) + 1);
        if (asked.is_of_actions()) asked.count = 5;
        if (asked.is_ranking()) {
            asked.count = 500;
            for (std::size_t i = shop_.below(8) + 1; i > 0; --i) {
                asked.input["inputList"].push_back("i" + std::to_string(shop_.below(16) + 1));
            }
        }
        return asked;
    }

private:
    void draw_filters(Question& asked) {
        if (shop_.below(4) != 0) asked.filter = draw_filter(asked, asked.input);
        if (asked.recipe->answers != Answers::recommendations || shop_.below(3) != 0) return;
        Json promotion = {{"name", "deal"}, {"percentPromotedItems", shop_.below(100) + 1}};
        asked.promoted = draw_filter(asked, promotion);
        asked.input["promotions"] = {promotion};
    }

    /// Mostly one that the recipe can use: filters with an even number may read the item of the request.
    const RandomFilter* draw_filter(const Question& asked, Json& holder) {
        const auto& filters = asked.is_of_actions() ? shop_.action_filters : shop_.item_filters;
        const std::size_t any = shop_.below(filters.size());
        const RandomFilter& filter = filters[asked.recipe->needs_item || shop_.below(4) == 0 ? any : any | 1U];
        holder["filterArn"] = filter.arn;
        for (const auto& [name, value] : filter.values) holder["filterValues"][name] = value;
        return &filter;
    }

    RandomShop& shop_;
};

/// Tells what is to be expected of an answer, in the most direct way.
class NaiveShop {
public:
    explicit NaiveShop(const RandomShop& shop) : shop_(shop) {
        for (const ShopTable& table : {shop.items, shop.actions}) {
            for (const auto& [id, row] : table.rows) known_.insert(id);
        }
        known_events_ = shop.events;
        known_events_.insert(known_events_.end(), shop.action_events.begin(), shop.action_events.end());
    }

    bool refuses(const Question& asked) const {
        if (asked.promoted != nullptr && !asked.recipe->can_promote) return true;
        return std::ranges::any_of(std::vector{asked.filter, asked.promoted}, [&](const RandomFilter* filter) {
            return filter != nullptr &&
                   (filter->misses_an_include() || (filter->reads_item() && !asked.recipe->needs_item));
        });
    }

    bool passes(const Question& asked, const RandomFilter* filter, const std::string& id) const {
        if (filter == nullptr) return true;
        languages::RandomRow row;
        row.cells = row_in(asked.is_of_actions() ? shop_.actions : shop_.items, id);
        for (const ShopEvent& event : asked.is_of_actions() ? shop_.action_events : shop_.events) {
            if (!asked.user.empty() && event.user == asked.user && event.id == id) row.events.push_back(event.type);
        }
        const NaiveWorld naive{row_in(shop_.users, asked.user), row_in(shop_.items, asked.item)};
        return naive_passes(naive, filter->parts, row);
    }

    /// Returns true for what the model knows, by a row or an event that it counts, or the list of a ranking names.
    bool is_asked(const Question& asked, const std::string& id) const {
        if (asked.is_ranking()) {
            const Json& list = asked.input["inputList"];
            return std::find(list.begin(), list.end(), id) != list.end();
        }
        const std::string counted = base::upper(asked.recipe->trained_event);
        return known_.contains(id) || std::ranges::any_of(known_events_, [&](const ShopEvent& event) {
                   return event.id == id && (counted.empty() || base::upper(event.type) == counted);
               });
    }

    /// Returns true for what the recipe itself leaves out.
    bool drops(const Question& asked, const std::string& id) const {
        if (asked.is_of_actions()) return is_not_to_be_asked(asked.user, id);
        if (asked.is_ranking()) return false;
        if (asked.recipe->needs_item && id == asked.item) return true;
        const std::string dropped = base::upper(asked.recipe->dropped_event);
        return !dropped.empty() && std::ranges::any_of(shop_.events, [&](const ShopEvent& event) {
            return event.user == asked.user && event.id == id && base::upper(event.type) == dropped;
        });
    }

private:
    static TinyRow row_in(const ShopTable& table, const std::string& id) {
        const auto found = table.rows.find(id);
        return found == table.rows.end() ? TinyRow() : found->second;
    }

    bool is_not_to_be_asked(const std::string& user, const std::string& id) const {
        const TinyRow row = row_in(shop_.actions, id);
        const auto whole = [&](const char* column) {
            const auto cell = row.find(column);
            return cell == row.end() ? -1 : std::get<std::int64_t>(cell->second);
        };
        const std::int64_t expires = whole("ACTION_EXPIRATION_TIMESTAMP");
        if (expires >= 0 && expires <= shop_.now_s()) return true;
        return std::ranges::any_of(shop_.action_events, [&](const ShopEvent& event) {
            return event.user == user && event.id == id && event.type == "Taken" &&
                   (shop_.now_s() - event.time_s) / day_s < whole("REPEAT_FREQUENCY");
        });
    }

    const RandomShop& shop_;
    std::set<std::string> known_;  // by the rows and the events of the new shop
    std::vector<ShopEvent> known_events_;
};

}  // namespace plocal::runtime
