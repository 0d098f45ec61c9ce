#include "server/app/engine/rule_effects.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/api_error.h"

namespace plocal::engine {
namespace {

using namespace std::chrono_literals;

/// A call of ListRecipes for which a rule with these effects has fired, or no rule.
class RuleEffects : public testing::Test {
protected:
    void fire(rules::Effects effects, std::optional<std::chrono::milliseconds> delay = {}) {
        context_.firing = {
            .rule = std::make_shared<rules::Rule>(rules::Rule{.id = "slow", .effects = std::move(effects)}),
            .delay = delay};
    }

    /// "NAME STATUS MESSAGE" of the error that the rule causes at this moment, or "none".
    std::string error_at(ErrorMoment moment) const {
        try {
            throw_rule_error(context_, moment);
            return "none";
        } catch (const model::ApiError& error) {
            EXPECT_EQ(error.evidence(), model::Evidence::ruled);
            EXPECT_EQ(error.why(), "rule slow fired");
            return error.name() + " " + std::to_string(error.status()) + " " + error.message();
        }
    }

    /// A response with a reason of the service, after the effects of the rule.
    protocol::Response disturbed() const {
        protocol::Response response{400, {{protocol::why_header, "its own reason"}}, "body"};
        disturb(context_, response);
        return response;
    }

    void call(const model::Service& service, std::string_view operation, base::Json input) {
        context_.call = protocol::Call{&service, service.operation(operation), std::move(input)};
    }

    /// The body of an operation that succeeded, after the rule's merge.
    std::string merged(std::string body) {
        merge_into(context_, body);
        return body;
    }

    protocol::Request request_;
    lifecycle::Clocks clocks_{lifecycle::Clock::real()};
    RequestContext context_{
        .request = request_,
        .readings = lifecycle::ClockReadings(clocks_),
        .call = protocol::Call{&model::personalize(), model::personalize().operation("ListRecipes"), {}}};
};

TEST_F(RuleEffects, AreNoneWithoutARule) {
    EXPECT_EQ(error_at(ErrorMoment::before_validation), "none");
    EXPECT_EQ(error_at(ErrorMoment::after_commit), "none");
    EXPECT_FALSE(output_of_rule(context_, 0));
    EXPECT_EQ(merged(R"({"recipes":[]})"), R"({"recipes":[]})");
    const protocol::Response response = disturbed();
    EXPECT_EQ(response.disturbance.delay, 0ms);
    EXPECT_EQ(response.disturbance.fault, protocol::Fault::none);
    EXPECT_EQ(response.header(protocol::why_header), "its own reason");
}

TEST_F(RuleEffects, ThrowAnErrorBeforeValidation) {
    fire({.error = rules::ErrorEffect{.type = "ThrottlingException", .message = "slow down", .status = 429}});
    EXPECT_EQ(error_at(ErrorMoment::before_validation), "ThrottlingException 429 slow down");
    EXPECT_EQ(error_at(ErrorMoment::after_commit), "none");
}

TEST_F(RuleEffects, ThrowALostResultAfterTheCommit) {
    fire({.error = rules::ErrorEffect{.type = "InternalFailure", .status = 500, .after_commit = true}});
    EXPECT_EQ(error_at(ErrorMoment::before_validation), "none");
    EXPECT_EQ(error_at(ErrorMoment::after_commit), "InternalFailure 500 ");
}

TEST_F(RuleEffects, TakeTheStatusOfAnErrorFromTheService) {
    fire({.error = rules::ErrorEffect{.type = "ResourceInUseException"}});
    EXPECT_EQ(error_at(ErrorMoment::before_validation), "ResourceInUseException 400 ");
}

TEST_F(RuleEffects, AnswerAnOutputInTheFormOfTheService) {
    const base::Json value = base::parse_json(
        R"({"nextToken": null, "recipes": [{"creationDateTime": 1500, "recipeArn": "b", "name": "a"}, null]})");
    fire({.output = rules::OutputEffect{value}});
    EXPECT_EQ(output_of_rule(context_, 0), R"({"recipes":[{"name":"a","recipeArn":"b","creationDateTime":1.5}]})");
}

TEST_F(RuleEffects, AnswerNothingForAVoidOperation) {
    call(model::personalize_events(), "PutEvents", base::Json::object());
    fire({.output = rules::OutputEffect{base::Json::object()}});
    EXPECT_EQ(output_of_rule(context_, 0), "");
}

TEST_F(RuleEffects, FillInARecommendationIdThatFollowsFromTheCall) {
    const auto id_of = [this](base::Json input, std::int64_t nth, std::uint64_t seed) {
        call(model::personalize_runtime(), "GetRecommendations", std::move(input));
        fire({.output = rules::OutputEffect{base::Json::object(), true}});
        context_.firing.nth = nth;
        return base::parse_json(*output_of_rule(context_, seed)).at("recommendationId").get<std::string>();
    };
    const auto source_of = [](const std::string& id) { return id.substr(id.find("-CID-")); };
    const std::string first = id_of({{"campaignArn", "a"}}, 1, 0);
    EXPECT_EQ(first.size(), 40u);
    EXPECT_EQ(id_of({{"campaignArn", "a"}}, 1, 0), first);
    EXPECT_NE(id_of({{"campaignArn", "a"}}, 2, 0), first);
    EXPECT_EQ(source_of(id_of({{"campaignArn", "a"}}, 2, 0)), source_of(first));
    EXPECT_NE(source_of(id_of({{"campaignArn", "b"}}, 1, 0)), source_of(first));
    EXPECT_EQ(source_of(id_of({{"recommenderArn", "a"}}, 1, 0)), source_of(first));
    EXPECT_NE(id_of({{"campaignArn", "a"}}, 1, 7), first);
    EXPECT_EQ(id_of({{"campaignArn", 7}}, 1, 0).size(), 40u) << "an input that is not valid";
}

TEST_F(RuleEffects, LayAMergeOverTheAnswer) {
    call(model::personalize(), "DescribeSchema", base::Json::object());
    const std::string body = R"({"schema":{"name":"s","schemaArn":"a","schema":"{}","creationDateTime":1.5E9}})";
    const struct {
        const char* merge;
        const char* merged;
    } cases[] = {
        {"{}", R"({"schema":{"name":"s","schemaArn":"a","schema":"{}","creationDateTime":1.5E9}})"},
        {R"({"schema": {"name": "t"}})",
         R"({"schema":{"name":"t","schemaArn":"a","schema":"{}","creationDateTime":1.5E9}})"},
        {R"({"schema": {"schema": null, "creationDateTime": 1500, "domain": "ECOMMERCE"}})",
         R"({"schema":{"name":"s","schemaArn":"a","creationDateTime":1.5,"domain":"ECOMMERCE"}})"},
        {R"({"schema": null})", "{}"},
    };
    for (const auto& one : cases) {
        fire({.merge = base::parse_json(one.merge)});
        EXPECT_EQ(merged(body), one.merged) << one.merge;
        EXPECT_TRUE(context_.notes.empty()) << "no member of this answer is required";
    }
}

TEST_F(RuleEffects, NoteTheRequiredMembersThatAMergeTakesAway) {
    call(model::personalize(), "ListTagsForResource", base::Json::object());
    fire({.merge = base::parse_json(R"({"tags": [{"tagKey": "a", "tagValue": "b"}, {"tagKey": "c"}]})")});
    EXPECT_EQ(merged(R"({"tags":[]})"), R"({"tags":[{"tagKey":"a","tagValue":"b"},{"tagKey":"c"}]})");
    ASSERT_EQ(context_.notes.size(), 1u);
    EXPECT_EQ(context_.notes[0],
              "rule slow takes away tags.2.member.tagValue, which every answer of ListTagsForResource has");
}

TEST_F(RuleEffects, NoteNoMemberThatWasAbsentBefore) {
    call(model::personalize(), "DescribeBatchInferenceJob", base::Json::object());
    fire({.merge = base::parse_json(R"({"batchInferenceJob": {"jobName": "x", "jobInput": {"s3DataSource": null}}})")});
    EXPECT_EQ(merged(R"({"batchInferenceJob":{"jobInput":{"s3DataSource":{"path":"s3://a"}},"jobOutput":{}}})"),
              R"({"batchInferenceJob":{"jobName":"x","jobInput":{},"jobOutput":{}}})");
    ASSERT_EQ(context_.notes.size(), 1u);
    EXPECT_THAT(context_.notes[0], testing::HasSubstr(" batchInferenceJob.jobInput.s3DataSource, "));
}

TEST_F(RuleEffects, DelayTheResponseAndBreakItsConnection) {
    const struct {
        rules::ConnectionFault connection;
        protocol::Fault fault;
    } cases[] = {
        {rules::ConnectionFault::reset, protocol::Fault::reset},
        {rules::ConnectionFault::close, protocol::Fault::close},
        {rules::ConnectionFault::truncate, protocol::Fault::truncate},
    };
    for (const auto& one : cases) {
        fire({.connection = one.connection}, 250ms);
        const protocol::Response response = disturbed();
        EXPECT_EQ(response.disturbance.fault, one.fault) << rules::text_of(one.connection);
        EXPECT_EQ(response.disturbance.delay, 250ms);
        EXPECT_EQ(response.status, 400);
        EXPECT_EQ(response.body, "body");
    }
}

TEST_F(RuleEffects, NameTheRuleInTheResponse) {
    fire({}, 1ms);
    EXPECT_EQ(disturbed().headers.size(), 1u);
    EXPECT_EQ(disturbed().header(protocol::why_header), "rule slow fired (ruled)");
}

TEST_F(RuleEffects, LeaveAnErrorOfTheServiceItsOwnReason) {
    fire({}, 1ms);
    context_.error = "ValidationException";
    EXPECT_EQ(disturbed().header(protocol::why_header), "its own reason");
    context_.is_rule_error = true;
    EXPECT_EQ(disturbed().header(protocol::why_header), "rule slow fired (ruled)");
}

}  // namespace
}  // namespace plocal::engine
