#include "server/app/engine/rule_effects.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

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
