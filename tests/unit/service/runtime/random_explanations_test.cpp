// Random questions to random shops: what /_local/explain says is what the answer is, and what a second, simple
// evaluator of filters and of what recipes leave out says. A failure names its seed.
#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/service/runtime/random_questions.h"

namespace plocal::runtime {
namespace {

Answer explanation_of(World& world, const Question& asked) {
    const Json body = {{"operation", asked.operation()},
                       {"input", asked.input},
                       {asked.is_of_actions() ? "actionIds" : "itemIds", asked.ids()}};
    const std::string text = body.dump();
    return world.send({.method = "POST", .target = "/_local/explain", .headers = {}, .body = text});
}

/// What is answered is explained place by place, what else was asked about has a reason, and a refusal is the same.
void expect_agreement(const Question& asked, const Answer& answer, const Answer& why) {
    ASSERT_EQ(why.status, answer.status);
    if (answer.status != 200) {
        EXPECT_EQ(why.body["name"], answer.error());
        EXPECT_EQ(why.body["error"], answer.message());
        return;
    }
    const Json& answered = answer.body[asked.list()];
    const Json& explained = why.body["items"];
    ASSERT_GE(explained.size(), answered.size());
    const std::vector<std::string> ids = asked.ids();
    std::set<std::string> left(ids.begin(), ids.end());
    for (std::size_t i = 0; i < explained.size(); ++i) {
        const std::string id = explained[i][asked.id()];
        const bool is_answered = i < answered.size();
        EXPECT_TRUE(left.erase(id) == 1 || is_answered) << id << " is explained twice";
        EXPECT_EQ(explained[i]["outBy"].is_object(), !is_answered) << id;
        EXPECT_EQ(explained[i]["place"], is_answered ? Json(i + 1) : Json()) << id;
        if (!is_answered) continue;
        EXPECT_EQ(answered[i][asked.id()], id);
        EXPECT_EQ(explained[i]["score"], answered[i].value("score", Json())) << id;
        EXPECT_EQ(explained[i]["promotion"], answered[i].value("promotionName", Json())) << id;
    }
    EXPECT_TRUE(left.empty()) << "not explained: " << *left.begin();
}

class ExplainedShop {
public:
    explicit ExplainedShop(std::uint64_t seed) : shop_(seed), questions_(shop_), naive_(shop_) {
        world_.load(document_of(shop_));
        for (const Recipe& recipe : recommender::all_recipes()) {  // models know the rows from before their first use
            if (recipe.answers != Answers::none) answer_to(questions_.plain(recipe));
        }
    }

    /// Puts an event of a user, or another row of an item.
    void change() {
        if (shop_.below(2) == 0) {
            const ShopEvent event = shop_.draw_event();
            shop_.events.push_back(event);
            const Json one = {{"eventType", event.type}, {"itemId", event.id}, {"sentAt", event.time_s}};
            put("/events", {{"trackingId", "films"}, {"userId", event.user}, {"sessionId", "s"}, {"eventList", {one}}});
            return;
        }
        const std::string id = "i" + std::to_string(shop_.below(15) + 1);
        shop_.items.rows.erase(id);
        shop_.draw_row(shop_.items, id);
        const Json item = {{"itemId", id}, {"properties", row_json(shop_.items.rows[id]).dump()}};
        put("/items", {{"datasetArn", arn("dataset/films/ITEMS")}, {"items", {item}}});
    }

    /// Compares the answer to a question with its explanation and with what is known of the shop.
    void check() {
        const Question asked = questions_.any();
        const Answer answer = answer_to(asked);
        const Answer why = explanation_of(world_, asked);
        SCOPED_TRACE(text_of(asked) + "\nanswer: " + answer.text + "\nexplanation: " + why.text);
        EXPECT_EQ(answer.status == 400, naive_.refuses(asked));
        expect_agreement(asked, answer, why);
        ++count_of[answer.status == 200 ? "answered" : "refused"];
        if (answer.status != 200) return;
        const Json& answered = answer.body[asked.list()];
        for (std::size_t i = 0; i < answered.size(); ++i) check_answered(asked, answered, i);
        for (const Json& each : why.body["items"]) {
            if (each["outBy"].is_object()) check_left_out(asked, answered.size(), each);
        }
        check_size(asked, answered);
    }

    std::map<std::string, int> count_of;  // what has been seen

private:
    void put(const char* path, const Json& input) {
        const Answer answer = ask(world_, path, input);
        EXPECT_EQ(answer.status, 200) << answer.text << " for " << input;
    }

    /// The question, its filters, and what they read.
    std::string text_of(const Question& asked) const {
        std::string text = asked.input.dump();
        for (const RandomFilter* const filter : {asked.filter, asked.promoted}) {
            if (filter != nullptr) text += "\n" + filter->arn + ": " + shop_.filter_texts().at(filter->arn);
        }
        text += "\nitems: " + rows_json(shop_.items, "ITEM_ID").dump();
        text += "\nusers: " + rows_json(shop_.users, "USER_ID").dump();
        return text + "\nevents: " + events_json(shop_.events, "ITEM_ID").dump();
    }

    Answer answer_to(const Question& asked) { return ask(world_, asked.path(), asked.input); }

    void check_answered(const Question& asked, const Json& answered, std::size_t i) {
        const std::string id = answered[i][asked.id()];
        const bool is_promoted = answered[i].contains("promotionName");
        count_of["promoted"] += is_promoted ? 1 : 0;
        EXPECT_TRUE(naive_.is_asked(asked, id)) << id;
        EXPECT_FALSE(naive_.drops(asked, id)) << id;
        EXPECT_TRUE(naive_.passes(asked, is_promoted ? asked.promoted : asked.filter, id)) << id;
        const bool has_better = i > 0 && answered[i].contains("score");
        EXPECT_TRUE(!has_better || answered[i - 1]["score"] >= answered[i]["score"]) << id;
    }

    /// What is not in the answer is out for a reason that is true.
    void check_left_out(const Question& asked, std::size_t answered, const Json& explained) {
        const std::string id = explained[asked.id()];
        const std::string what = explained["outBy"]["what"];
        ++count_of[what];
        EXPECT_EQ(what == "unknown", !naive_.is_asked(asked, id)) << id;
        EXPECT_TRUE(is_true(what, asked, id, answered)) << id << ": " << what;
    }

    bool is_true(const std::string& what, const Question& asked, const std::string& id, std::size_t answered) const {
        if (what == "recipe") return naive_.drops(asked, id);
        if (what == "filter") return !naive_.passes(asked, asked.filter, id);
        return what == "unknown" || (answered == asked.count && !naive_.drops(asked, id));
    }

    /// Nothing is missing: the answer has as many as pass.
    void check_size(const Question& asked, const Json& answered) const {
        std::size_t passing = 0;
        std::size_t promotable = 0;
        for (const std::string& id : asked.ids()) {
            if (!naive_.is_asked(asked, id) || naive_.drops(asked, id)) continue;
            passing += naive_.passes(asked, asked.filter, id) ? 1U : 0U;
            promotable += asked.promoted != nullptr && naive_.passes(asked, asked.promoted, id) ? 1U : 0U;
        }
        EXPECT_GE(answered.size(), std::min(asked.count, passing));
        if (asked.promoted == nullptr) {
            EXPECT_EQ(answered.size(), std::min(asked.count, passing));
            return;
        }
        const std::size_t percent = asked.input["promotions"][0]["percentPromotedItems"];
        const auto is_promoted = [](const Json& each) { return each.contains("promotionName"); };
        EXPECT_EQ(std::count_if(answered.begin(), answered.end(), is_promoted),
                  std::min(promotable, asked.count * percent / 100));
    }

    RandomShop shop_;
    Questions questions_;
    NaiveShop naive_;
    World world_;
};

TEST(RandomExplanations, AreWhatTheAnswersAre) {
    std::map<std::string, int> seen;
    for (std::uint64_t seed = 1; seed <= 16 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        ExplainedShop shop(seed);
        for (int i = 0; i < 60 && !testing::Test::HasFailure(); ++i) {
            if (i % 3 == 0) shop.change();
            shop.check();
        }
        for (const auto& [what, count] : shop.count_of) seen[what] += count;
    }
    for (const char* const what : {"answered", "refused", "promoted", "filter", "recipe", "numResults", "unknown"}) {
        EXPECT_GT(seen[what], 50) << what;
    }
}

TEST(RandomExplanations, AreThoseOfMadeUpItemsAndOfRulesToo) {
    const auto rule = [](const char* operation, Json effect) {
        effect["match"] = {{"operation", operation}};
        return Json{{"rules", {effect}}};
    };
    const Json shown = {{{"itemId", "i3"}, {"score", 0.5}}, {{"itemId", "i99"}}};
    const std::pair<const char*, Json> cases[] = {
        {"made up", Json::object()},
        {"candidates", rule("GetRecommendations", {{"candidates", {"i7", "i3", "new", "i1"}}})},
        {"candidates with scores", rule("GetRecommendations", {{"candidates", shown}})},
        {"a ranking", rule("GetPersonalizedRanking", {{"candidates", {"i7", "i3"}}})},
        {"actions", rule("GetActionRecommendations", {{"candidates", {"a2", "a1", "a9"}}})},
        {"output", rule("GetRecommendations", {{"output", {{"itemList", shown}}}})},
        {"merge", rule("GetRecommendations", {{"merge", {{"itemList", shown}}}})}};
    for (const auto& [name, rules] : cases) {
        RandomShop shop(7);
        Json document = document_of(shop);
        if (rules.empty()) {
            for (Json& dataset : document["datasets"]) dataset.erase("_local");
        }
        World world;
        world.load(document);
        world.load(rules);
        Questions questions(shop);
        for (int i = 0; i < 60 && !testing::Test::HasFailure(); ++i) {
            const Question asked = questions.any();
            const Answer answer = ask(world, asked.path(), asked.input);
            const Answer why = explanation_of(world, asked);
            SCOPED_TRACE(name + ("\n" + asked.input.dump()) + "\nanswer: " + answer.text +
                         "\nexplanation: " + why.text);
            expect_agreement(asked, answer, why);
        }
    }
}

}  // namespace
}  // namespace plocal::runtime
