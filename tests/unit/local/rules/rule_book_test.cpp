#include "server/local/rules/rule_book.h"

#include <chrono>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/random.h"
#include "tests/unit/local/rules/readings.h"

namespace plocal::rules {
namespace {

using namespace std::chrono_literals;
using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Rule> rules(const std::vector<std::string>& jsons) {
    std::vector<Rule> read;
    read.reserve(jsons.size());
    for (const std::string& json : jsons) read.push_back(rule(json));
    return read;
}

RuleBook book(const std::vector<std::string>& jsons) {
    RuleBook book(0);
    EXPECT_THAT(book.add(rules(jsons)), IsEmpty());
    return book;
}

struct Request {
    std::string operation = "CreateBatchInferenceJob";
    std::string account = "111122223333";
    std::string region = "us-east-1";
    Json input = Json::object();

    Subject subject() const { return {operation, account, region, input}; }
};

/// The id of the rule that fires, or "none".
std::string fired(RuleBook& book, const Request& request) {
    const Firing firing = book.fire(request.subject());
    return firing.rule != nullptr ? firing.rule->id : "none";
}

std::vector<std::string> ids_of(const RuleBook& book) {
    std::vector<std::string> ids;
    const Json list = book.list();
    for (const Json& each : list) ids.push_back(each.at("id"));
    return ids;
}

TEST(RuleBook, FiresWhereAllOfAMatchHolds) {
    const struct {
        const char* match;
        const char* input;
        bool fires;
    } cases[] = {
        {"{}", "{}", true},
        {R"({"operation": "CreateBatchInferenceJob"})", "{}", true},
        {R"({"operation": "Create*Job"})", "{}", true},
        {R"({"operation": "Describe*"})", "{}", false},
        {R"({"account": "111122223333"})", "{}", true},
        {R"({"account": "999*"})", "{}", false},
        {R"({"region": "us-*"})", "{}", true},
        {R"({"region": "eu-*"})", "{}", false},
        {R"({"jobName": "a"})", R"({"jobName": "a"})", true},
        {R"({"jobName": "a"})", R"({"jobName": "A"})", false},
        {R"({"jobName": "*-fail"})", R"({"jobName": "x-fail"})", true},
        {R"({"jobName": "*-fail"})", R"({"jobName": "x"})", false},
        {R"({"jobName": "*"})", R"({"jobName": ""})", true},
        {R"({"jobName": "*"})", "{}", false},
        {R"({"jobName": "*"})", R"({"jobName": null})", false},
        {R"({"jobName": "*"})", R"({"jobName": ["a"]})", false},
        {R"({"numResults": 25})", R"({"numResults": 25})", true},
        {R"({"numResults": "2*"})", R"({"numResults": 25})", true},
        {R"({"numResults": 25})", R"({"numResults": "25"})", true},
        {R"({"numResults": 25})", R"({"numResults": 26})", false},
        {R"({"/jobInput/s3DataSource/path": "s3://broken/*"})",
         R"({"jobInput": {"s3DataSource": {"path": "s3://broken/a"}}})", true},
        {R"({"/jobInput/s3DataSource/path": "s3://broken/*"})", R"({"jobInput": "s3://broken/a"})", false},
        {R"({"/tags/0/tagKey": "k"})", R"({"tags": [{"tagKey": "k"}]})", true},
        {R"({"/tags/1/tagKey": "k"})", R"({"tags": [{"tagKey": "k"}]})", false},
        {R"({"operation": "Create*", "jobName": "a", "filterArn": "f"})", R"({"jobName": "a", "filterArn": "f"})",
         true},
        {R"({"operation": "Create*", "jobName": "a", "filterArn": "f"})", R"({"jobName": "a", "filterArn": "g"})",
         false},
    };
    for (const auto& one : cases) {
        RuleBook held = book({R"({"delay": "1s", "match": )" + std::string(one.match) + "}"});
        const bool fires = fired(held, {.input = base::parse_json(one.input)}) != "none";
        EXPECT_EQ(fires, one.fires) << one.match << " on " << one.input;
    }
}

TEST(RuleBook, ComparesABooleanByItsText) {
    RuleBook held = book({R"({"delay": "1s", "match": {"performHPO": true}})"});
    EXPECT_EQ(fired(held, {.operation = "CreateSolution", .input = {{"performHPO", true}}}), "rule-1");
    EXPECT_EQ(fired(held, {.operation = "CreateSolution", .input = {{"performHPO", false}}}), "none");
}

TEST(RuleBook, IsOfNoUseToAnUnknownOperation) {
    RuleBook held = book({R"({"delay": "1s"})"});
    EXPECT_EQ(fired(held, {.operation = "Unheard"}), "none");
    EXPECT_EQ(fired(held, {.operation = ""}), "none");
}

TEST(RuleBook, FiresTheFirstInOrder) {
    RuleBook held = book({R"({"id": "a", "delay": "1s", "match": {"jobName": "x"}})",
                          R"({"id": "b", "delay": "1s", "match": {"operation": "Create*"}})",
                          R"({"id": "c", "delay": "1s", "match": {"jobName": "y"}})", R"({"id": "d", "delay": "1s"})"});
    EXPECT_EQ(fired(held, {.input = {{"jobName", "x"}}}), "a");
    EXPECT_EQ(fired(held, {.input = {{"jobName", "y"}}}), "b");
    EXPECT_EQ(fired(held, {.operation = "ListSchemas"}), "d");
    EXPECT_TRUE(held.remove("b"));
    EXPECT_EQ(fired(held, {.input = {{"jobName", "y"}}}), "c");
}

TEST(RuleBook, GivesWayOnceARuleIsUsedUp) {
    RuleBook held = book({R"({"id": "a", "delay": "1s", "times": 2})", R"({"id": "b", "delay": "1s"})"});
    EXPECT_EQ(fired(held, {}), "a");
    EXPECT_EQ(fired(held, {}), "a");
    EXPECT_EQ(fired(held, {}), "b");
    EXPECT_EQ(held.find("a")->counts.matched, 2) << "a rule used up does not match";
    EXPECT_EQ(held.find("a")->counts.fired, 2);
    EXPECT_EQ(held.find("b")->counts.fired, 1);
}

TEST(RuleBook, SkipsTheFirstMatches) {
    RuleBook held = book({R"({"id": "a", "delay": "1s", "after": 2, "times": 1})", R"({"id": "b", "delay": "1s"})"});
    EXPECT_EQ(fired(held, {}), "b");
    EXPECT_EQ(fired(held, {}), "b");
    EXPECT_EQ(fired(held, {}), "a");
    EXPECT_EQ(fired(held, {}), "b");
    EXPECT_EQ(held.find("a")->counts.matched, 3);
}

TEST(RuleBook, DrawsByTheSeedTheAccountAndTheNthMatchAlone) {
    const std::vector<std::string> jsons = {R"({"id": "a", "delay": "1s", "probability": 0.5})"};
    RuleBook alone = book(jsons);
    RuleBook shared = book(jsons);
    int count = 0;
    for (int nth = 1; nth <= 200; ++nth) {
        const bool is_drawn = base::random_fraction({0, "111122223333", "rule", "a", nth}) < 0.5;
        EXPECT_EQ(fired(alone, {}) == "a", is_drawn) << nth;
        (void)shared.fire(Request{.account = "999988887777"}.subject());
        EXPECT_EQ(fired(shared, {}) == "a", is_drawn) << nth << " with another account between";
        count += is_drawn ? 1 : 0;
    }
    EXPECT_NEAR(count, 100, 30);
    EXPECT_EQ(shared.find("a")->counts.matched, 400);
    EXPECT_EQ(shared.find("a")->counts.matched_by.at("111122223333"), 200);
}

TEST(RuleBook, DrawsADelayFromItsRange) {
    RuleBook held = book({R"({"id": "a", "delay": "1s..2s"})"});
    const Request request;
    std::set<std::chrono::milliseconds> delays;
    for (int nth = 1; nth <= 20; ++nth) {
        const double fraction = base::random_fraction({0, "111122223333", "rule delay", "a", nth});
        const auto delay = held.fire(request.subject()).delay;
        EXPECT_EQ(delay, held.find("a")->effects.delay->at(fraction)) << nth;
        delays.insert(delay.value());
    }
    EXPECT_GT(delays.size(), 10u);
    EXPECT_GE(*delays.begin(), 1s);
    EXPECT_LE(*delays.rbegin(), 2s);
}

TEST(RuleBook, HasTheDelayOfARuleThatHasOne) {
    RuleBook held = book({R"({"delay": "2s", "times": 1})", R"({"connection": "reset"})"});
    const Request request;
    EXPECT_EQ(held.fire(request.subject()).delay, 2s);
    EXPECT_EQ(held.fire(request.subject()).delay, std::nullopt);
    EXPECT_THAT(held.find("rule-1")->counts.matched_by, IsEmpty()) << "nothing is drawn";
}

TEST(RuleBook, NeverDrawsAProbabilityOfZeroAndAlwaysOneOfOne) {
    RuleBook held =
        book({R"({"id": "a", "delay": "1s", "probability": 0})", R"({"id": "b", "delay": "1s", "probability": 1})"});
    for (int nth = 0; nth < 50; ++nth) EXPECT_EQ(fired(held, {}), "b");
}

TEST(RuleBook, CountsALifecycleRuleOnceAChangeSucceeds) {
    RuleBook held = book({R"({"id": "a", "lifecycle": {"outcome": "CREATE FAILED"}, "times": 1})"});
    EXPECT_EQ(fired(held, {.operation = "DescribeBatchInferenceJob"}), "none");
    EXPECT_EQ(fired(held, {}), "a");
    EXPECT_EQ(fired(held, {}), "a") << "the Create before was refused";
    Firing firing = held.fire(Request().subject());
    ASSERT_NE(firing.rule, nullptr);
    EXPECT_EQ(held.find("a")->counts.fired, 0);
    count_change(firing);
    count_change(firing);
    EXPECT_EQ(held.find("a")->counts.fired, 1);
    EXPECT_EQ(fired(held, {}), "none");
}

TEST(RuleBook, CountsAllOtherRulesAsTheyFire) {
    RuleBook held = book({R"({"id": "a", "delay": "1s"})"});
    Firing firing = held.fire(Request().subject());
    count_change(firing);
    EXPECT_EQ(held.find("a")->counts.fired, 1);
    Firing none;
    count_change(none);
    EXPECT_EQ(none.rule, nullptr);
}

TEST(RuleBook, MayDropARuleThatHasFired) {
    RuleBook held = book({R"({"id": "a", "lifecycle": {}, "times": 1})"});
    Firing firing = held.fire(Request().subject());
    held.clear();
    EXPECT_EQ(firing.rule->id, "a");
    count_change(firing);
    EXPECT_EQ(fired(held, {}), "none");
}

TEST(RuleBook, ContinuesFromTheGivenCounts) {
    RuleBook held = book({R"({"id": "a", "delay": "1s", "times": 3, "fired": 2, "matched": 2})"});
    EXPECT_EQ(fired(held, {}), "a");
    EXPECT_EQ(fired(held, {}), "none");
}

TEST(RuleBook, GeneratesIdsThatItNeverGeneratedBefore) {
    RuleBook held(0);
    EXPECT_THAT(held.add(rules({R"({"delay": "1s"})", R"({"delay": "1s", "id": "rule-2"})", R"({"delay": "1s"})"})),
                IsEmpty());
    EXPECT_THAT(ids_of(held), ElementsAre("rule-3", "rule-2", "rule-4"));
    EXPECT_TRUE(held.remove("rule-4"));
    EXPECT_THAT(held.replace(rules({R"({"delay": "1s"})"})), IsEmpty());
    EXPECT_THAT(ids_of(held), ElementsAre("rule-5"));
    held.clear();
    EXPECT_THAT(held.add(rules({R"({"delay": "1s", "id": "rule-x"})", R"({"delay": "1s", "id": "rule--9"})",
                                R"({"delay": "1s", "id": "rule-99999999999999999999"})", R"({"delay": "1s"})"})),
                IsEmpty());
    EXPECT_EQ(ids_of(held).back(), "rule-6");
}

TEST(RuleBook, RefusesIdsThatAreTaken) {
    RuleBook held = book({R"({"delay": "1s", "id": "a"})"});
    const std::vector<std::string> jsons = {R"({"delay": "1s", "id": "b"})", R"({"delay": "1s", "id": "a"})",
                                            R"({"delay": "1s", "id": "b"})"};
    EXPECT_THAT(texts_of(held.add(rules(jsons))),
                ElementsAre(R"(/1/id: expected an id that no other rule has, found "a")",
                            R"(/2/id: expected an id that no other rule has, found "b")"));
    EXPECT_THAT(texts_of(held.replace(rules(jsons))),
                ElementsAre(R"(/2/id: expected an id that no other rule has, found "b")"));
    EXPECT_THAT(ids_of(held), ElementsAre("a")) << "nothing has changed";
    EXPECT_THAT(held.replace(rules({R"({"delay": "1s", "id": "a"})"})), IsEmpty()) << "its own ids are free";
}

TEST(RuleBook, RemovesByIdAndClears) {
    RuleBook held = book({R"({"delay": "1s", "id": "a"})", R"({"delay": "2s", "id": "b"})"});
    EXPECT_FALSE(held.remove("c"));
    EXPECT_TRUE(held.remove("a"));
    EXPECT_FALSE(held.remove("a"));
    EXPECT_EQ(held.find("a"), nullptr);
    EXPECT_EQ(fired(held, {}), "b");
    held.clear();
    EXPECT_EQ(held.size(), 0u);
    EXPECT_EQ(fired(held, {}), "none");
}

TEST(RuleBook, FindsTheRuleAmongManyForOneOperation) {
    std::vector<std::string> jsons;
    for (int i = 0; i < 300; ++i) {
        const std::string n = std::to_string(i);
        const Json exact{{"jobName", "job-" + n}};
        const Json both{{"jobName", "*-" + n}, {"filterArn", "f"}};
        jsons.push_back(Json{{"id", "exact-" + n}, {"delay", "1s"}, {"match", exact}}.dump());
        jsons.push_back(Json{{"id", "both-" + n}, {"delay", "1s"}, {"match", both}}.dump());
    }
    RuleBook held = book(jsons);
    for (const int i : {0, 1, 150, 299}) {
        const std::string n = std::to_string(i);
        EXPECT_EQ(fired(held, {.input = {{"jobName", "job-" + n}}}), "exact-" + n);
        EXPECT_EQ(fired(held, {.input = {{"jobName", "x-" + n}, {"filterArn", "f"}}}), "both-" + n);
        EXPECT_EQ(fired(held, {.input = {{"jobName", "x-" + n}, {"filterArn", "g"}}}), "none");
    }
    EXPECT_EQ(fired(held, {.input = {{"jobName", "job-300"}}}), "none");
}

TEST(RuleBooks, FireTheAccountsOwnRulesFirst) {
    RuleBook own = book({R"({"id": "own", "delay": "1s", "times": 1})"});
    RuleBook common = book({R"({"id": "common", "delay": "1s"})"});
    const Request request;
    EXPECT_EQ(fire(&own, common, request.subject()).rule->id, "own");
    EXPECT_EQ(fire(&own, common, request.subject()).rule->id, "common");
    EXPECT_EQ(fire(nullptr, common, request.subject()).rule->id, "common");
    common.clear();
    EXPECT_EQ(fire(nullptr, common, request.subject()).rule, nullptr);
}

}  // namespace
}  // namespace plocal::rules
