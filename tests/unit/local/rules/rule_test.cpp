#include "server/local/rules/rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/rules/readings.h"

namespace plocal::rules {
namespace {

TEST(Rule, IsWrittenAsItWasGivenWithItsCounts) {
    Rule one = rule(R"({"times": 2, "delay": "60s", "match": {"numResults": 3, "jobName": "*"}, "id": "slow"})");
    EXPECT_EQ(to_json(one).dump(),
              R"({"times":2,"delay":"60s","match":{"numResults":3,"jobName":"*"},"id":"slow","matched":0,"fired":0})");
    one.counts = {7, 2, {{"111122223333", 5}}};
    EXPECT_EQ(to_json(one).dump(),
              R"({"times":2,"delay":"60s","match":{"numResults":3,"jobName":"*"},"id":"slow","matched":7,"fired":2,)"
              R"("matchedBy":{"111122223333":5}})");
}

TEST(Rule, IsWrittenWithAGeneratedIdInFront) {
    Rule one = rule(R"({"match": {}, "connection": "reset"})");
    one.id = "rule-1";
    EXPECT_EQ(to_json(one).dump(), R"({"id":"rule-1","match":{},"connection":"reset","matched":0,"fired":0})");
}

TEST(Rule, KeepsItsAnswerWhenItIsReadBack) {
    const char* const answers[] = {
        R"({"match":{"operation":"GetRecommendations"},"output":{"itemList":[{"itemId":"a","score":0.5}]}})",
        R"({"match":{"operation":"DescribeSchema"},"merge":{"schema":{"name":null,"creationDateTime":"2026-01-31"}}})",
        R"({"match":{"operation":"GetRecommendations"},"candidates":["a",{"itemId":"b","score":0.4}]})",
    };
    for (const char* const answer : answers) {
        Rule one = rule(answer);
        one.id = "rule-3";
        const base::Json listed = to_json(one);
        const base::Json given = base::parse_json(answer);
        for (const auto& [name, value] : given.items()) EXPECT_EQ(listed.at(name), value) << answer;
        EXPECT_EQ(to_json(rule(listed.dump())), listed) << answer;
    }
}

TEST(Rule, IsTheSameWhenItIsReadBack) {
    Rule one = rule(R"({"match": {"operation": "Create*"}, "error": {"type": "InternalFailure"}, "probability": 0.5})");
    one.id = "rule-9";
    one.counts = {7, 2, {{"", 3}, {"111122223333", 4}}};
    const Rule again = rule(to_json(one).dump());
    EXPECT_EQ(to_json(again), to_json(one));
    EXPECT_EQ(again.id, "rule-9");
    EXPECT_EQ(again.counts.matched, 7);
    EXPECT_EQ(again.counts.fired, 2);
    EXPECT_EQ(again.counts.matched_by, one.counts.matched_by);
}

}  // namespace
}  // namespace plocal::rules
