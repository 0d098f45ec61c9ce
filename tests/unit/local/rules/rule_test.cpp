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

TEST(ErrorEffect, HasTheStatusOfTheService) {
    const struct {
        const char* type;
        int given;  // 0 for none
        const model::Service& service;
        int status;
    } cases[] = {
        {"ThrottlingException", 0, model::personalize(), 400},
        {"ThrottlingException", 429, model::personalize(), 429},
        {"ResourceNotFoundException", 0, model::personalize(), 400},
        {"ResourceNotFoundException", 0, model::personalize_runtime(), 404},
        {"InternalFailure", 0, model::personalize(), 500},
        {"InternalFailure", 502, model::personalize(), 502},
        {"ServiceUnavailable", 0, model::personalize_events(), 503},
    };
    for (const auto& one : cases) {
        ErrorEffect error;
        error.type = one.type;
        if (one.given != 0) error.status = one.given;
        EXPECT_EQ(error.status_in(one.service), one.status) << one.type << " of " << one.service.name();
    }
}

}  // namespace
}  // namespace plocal::rules
