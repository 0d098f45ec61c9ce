#include "server/model/fit.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/service.h"
#include "server/model/validate.h"
#include "tests/support/breach.h"
#include "tests/support/sample.h"

namespace plocal::model {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> pointers_of(const std::vector<base::Problem>& problems) {
    std::vector<std::string> pointers;
    pointers.reserve(problems.size());
    for (const base::Problem& each : problems) pointers.push_back(each.pointer);
    return pointers;
}

TEST(Fit, TakesTheFullestOutputOfEveryOperation) {
    for (const Service* const service : {&personalize(), &personalize_runtime(), &personalize_events()}) {
        for (const Operation& operation : service->operations()) {
            if (operation.output == nullptr) continue;
            Json value = support::full_input(*operation.output);
            std::vector<base::Problem> problems;
            fit(*operation.output, value, problems);
            EXPECT_THAT(pointers_of(problems), IsEmpty()) << operation.name;
        }
    }
}

// Each wrong type is searched for from the beginning.
TEST(Fit, GivesUpAMemberWithVeryManyProblems) {
    const Shape& shape = *personalize_runtime().operation("GetRecommendations")->output;
    Json value = {{"itemList", Json::array()}, {"recommendationId", "r"}};
    for (int i = 0; i < 20'000; ++i) value["itemList"].push_back({{"itemId", i}, {"unknown", i}});
    std::vector<base::Problem> problems;
    fit(shape, value, problems);
    EXPECT_EQ(problems.size(), base::most_problems + 1);
    EXPECT_TRUE(value["itemList"].is_null());
    EXPECT_EQ(value["recommendationId"], "r");
}

TEST(Fit, NamesEachOfManyWrongTypes) {
    const Shape& shape = *personalize_runtime().operation("GetRecommendations")->output;
    Json value = {{"itemList", Json::array()}};
    for (int i = 0; i < 2'000; ++i) value["itemList"].push_back({{"itemId", i}});
    std::vector<base::Problem> problems;
    fit(shape, value, problems);
    ASSERT_EQ(problems.size(), base::most_problems + 1);
    EXPECT_EQ(problems[99].pointer, "/itemList/99/itemId");
    EXPECT_EQ(problems[100].pointer, "/itemList");
}

TEST(Fit, FindsEachWrongTypeOfEveryOutput) {
    std::size_t walked = 0;
    for (const Operation& operation : personalize().operations()) {
        if (operation.output == nullptr) continue;
        for (const support::Breach& breach : support::broken_types(*operation.output)) {
            Json value = breach.input;
            std::vector<base::Problem> problems;
            fit(*operation.output, value, problems);
            EXPECT_FALSE(problems.empty()) << operation.name << " " << breach.name;
            EXPECT_FALSE(find_type_clash(*operation.output, value)) << operation.name << " " << breach.name;
            ++walked;
        }
    }
    EXPECT_GT(walked, 500u);
}

TEST(Fit, ReportsAllProblemsAndNullsTheWrongValues) {
    const Shape& shape = *personalize_runtime().shape("GetRecommendationsResponse");
    Json value = Json::parse(R"({"itemList": [{"itemId": 1, "score": 2, "colour": "red"}, "x", null], "more": 1,
                                 "recommendationId": null})");
    std::vector<base::Problem> problems;
    fit(shape, value, problems);
    EXPECT_THAT(pointers_of(problems), ElementsAre("/itemList/0/colour", "/more", "/itemList/0/itemId", "/itemList/1"));
    EXPECT_EQ(value["itemList"], Json::parse(R"([{"itemId": null, "score": 2, "colour": "red"}, null, null])"));
}

TEST(Fit, LeavesConstraintsAlone) {
    Json value = {{"itemList", {{{"itemId", std::string(300, 'x')}, {"promotionName", "?"}}}}};
    std::vector<base::Problem> problems;
    fit(*personalize_runtime().shape("GetRecommendationsResponse"), value, problems);
    EXPECT_THAT(pointers_of(problems), IsEmpty());
}

TEST(PointerOf, FollowsListsAndKeysWithDots) {
    const Shape& shape = *personalize_runtime().shape("GetRecommendationsResponse");
    const Json value = Json::parse(R"({"itemList": [{}, {"metadata": {"a": "x", "a.b/c": 1}}]})");
    const auto clash = find_type_clash(shape, value);
    ASSERT_TRUE(clash);
    EXPECT_EQ(pointer_of(shape, value, clash->path).to_string(), "/itemList/1/metadata/a.b~1c");
    EXPECT_EQ(pointer_of(shape, value, "").to_string(), "");
}

}  // namespace
}  // namespace plocal::model
