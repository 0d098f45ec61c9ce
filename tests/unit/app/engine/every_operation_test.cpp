#include <algorithm>
#include <functional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/service.h"
#include "server/model/validate.h"
#include "tests/support/breach.h"
#include "tests/support/output_shape.h"
#include "tests/support/sample.h"
#include "tests/support/world.h"

namespace plocal::engine {
namespace {

using base::Json;
using model::Operation;
using model::Service;
using support::Answer;
using support::World;

void each_operation(const std::function<void(const Service&, const Operation&)>& visit) {
    for (const Service* const service :
         {&model::personalize(), &model::personalize_runtime(), &model::personalize_events()}) {
        for (const Operation& operation : service->operations()) {
            SCOPED_TRACE(operation.name);
            visit(*service, operation);
        }
    }
}

/// Sends an input by the protocol of the operation: it is named by a header or by the path.
Answer send(World& world, const Service& service, const Operation& operation, const Json& input) {
    const std::string body = input.dump();
    const std::string target = service.name() + "." + operation.name;
    protocol::Request request{.method = "POST", .target = operation.path, .headers = {}, .body = body};
    if (service.protocol() == model::Protocol::aws_json) {
        request.headers = {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", target}};
    } else {
        request.headers = {{"content-type", "application/json"}};
    }
    return world.send(request);
}

/// The text of the service for a breach. `find_violations` says how the value is shown.
std::string sentence(const Operation& operation, const support::Breach& breach) {
    const auto violations = model::find_violations(*operation.input, breach.input);
    const std::size_t count = breach.constraints.size();
    std::string text =
        std::to_string(count) + (count == 1 ? " validation error" : " validation errors") + " detected: ";
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) text += "; ";
        text += "Value " + (i < violations.size() ? violations[i].value : "?") + " at '" + breach.path +
                "' failed to satisfy constraint: " + breach.constraints[i];
    }
    return text;
}

// Fidelity: seen | A broken constraint of the model is a ValidationException with status 400, although no model
//   declares it. Input that fits the model but makes no sense is an InvalidInputException | sibling Forecast:
//   aws-samples/amazon-forecast-samples#118; sibling Config: awslabs/aws-config-rules#101
TEST(EveryOperation, RefusesEachBrokenConstraintWithTheTextOfTheService) {
    World world;
    std::size_t walked = 0;
    each_operation([&](const Service& service, const Operation& operation) {
        for (const support::Breach& breach : support::broken_constraints(*operation.input)) {
            const Answer answer = send(world, service, operation, breach.input);
            ASSERT_EQ(answer.status, 400) << breach.name;
            ASSERT_EQ(answer.error(), "ValidationException") << breach.name;
            ASSERT_EQ(answer.message(), sentence(operation, breach)) << breach.name;
            ASSERT_EQ(answer.header("x-personalize-local-why"),
                      "constraints of the model, first at " + breach.path + " (seen)");
            ++walked;
        }
    });
    EXPECT_GT(walked, 600u);
}

TEST(EveryOperation, RefusesEachWrongTypeWithTheTextOfTheService) {
    World world;
    std::size_t walked = 0;
    each_operation([&](const Service& service, const Operation& operation) {
        for (const support::Breach& breach : support::broken_types(*operation.input)) {
            if (breach.path.empty()) continue;  // a body that is no object is refused before types are checked
            const Answer answer = send(world, service, operation, breach.input);
            ASSERT_EQ(answer.status, 400) << breach.name;
            ASSERT_EQ(answer.error(), "SerializationException") << breach.name;
            ASSERT_EQ(answer.message(), breach.constraints.front()) << breach.name;
            ++walked;
        }
    });
    EXPECT_GT(walked, 1500u);
}

TEST(EveryOperation, AcceptsValuesAtTheirBoundsAndUnknownMembers) {
    std::size_t walked = 0;
    each_operation([&](const Service& service, const Operation& operation) {
        World world;
        for (const support::Breach& allowed : support::allowed_inputs(*operation.input)) {
            const Answer answer = send(world, service, operation, allowed.input);
            ASSERT_LT(answer.status, 500) << allowed.name;
            ASSERT_NE(answer.error(), "ValidationException") << allowed.name << ": " << answer.message();
            ASSERT_NE(answer.error(), "SerializationException") << allowed.name << ": " << answer.message();
            ++walked;
        }
    });
    EXPECT_GT(walked, 800u);
}

TEST(EveryOperation, RefusesABodyThatIsNoJsonObject) {
    World world;
    each_operation([&](const Service& service, const Operation& operation) {
        for (const Json& body : {Json::array(), Json(nullptr), Json(true), Json("text"), Json(1)}) {
            EXPECT_EQ(send(world, service, operation, body).error(), "SerializationException") << body;
        }
    });
}

// Fidelity: seen | The types of a whole input are checked before any constraint | sibling Kinesis: mhart/kinesalite,
//   validations/index.js
TEST(EveryOperation, ChecksTypesBeforeConstraints) {
    World world;
    each_operation([&](const Service& service, const Operation& operation) {
        Json input = Json::object();
        for (const model::Member& member : operation.input->members) {
            if (member.shape->type != model::Type::structure) input[member.name] = Json::object({{"a", 1}});
        }
        if (input.empty() || operation.input->members.front().shape->type == model::Type::map) return;
        EXPECT_EQ(send(world, service, operation, input).error(), "SerializationException") << input;
    });
}

// Fidelity: documented | An operation refuses with the errors that the model declares for it | boto/botocore,
//   personalize/2018-05-22/service-2.json
TEST(EveryOperation, IsAnsweredOrRefusedWithADeclaredError) {
    std::size_t walked = 0;
    each_operation([&](const Service& service, const Operation& operation) {
        for (const Json& input : {support::valid_input(*operation.input), support::full_input(*operation.input)}) {
            World world;
            const Answer answer = send(world, service, operation, input);
            ASSERT_LT(answer.status, 500) << answer.text;
            const auto& errors = operation.errors;
            const bool is_declared = std::find(errors.begin(), errors.end(), answer.error()) != errors.end();
            EXPECT_TRUE(answer.status == 200 || is_declared) << answer.text;
            ++walked;
        }
    });
    EXPECT_EQ(walked, 2u * 79u);
}

TEST(EveryOperation, AnswersTheOutputOfARuleWhateverItsInput) {
    World world;
    each_operation([&](const Service& service, const Operation& operation) {
        const Json output = operation.output != nullptr ? support::full_input(*operation.output) : Json::object();
        world.load({{"rules", {{{"match", {{"operation", operation.name}}}, {"output", output}}}}});
        for (const Json& input : {Json::object(), Json({{"campaignArn", 7}}), support::full_input(*operation.input)}) {
            const Answer answer = send(world, service, operation, input);
            ASSERT_EQ(answer.status, 200) << answer.text;
            if (operation.output == nullptr) {
                EXPECT_EQ(answer.text, "");
            } else {
                EXPECT_EQ(support::find_misfit(*operation.output, answer.body), "") << answer.text;
                EXPECT_EQ(answer.body.size(), output.size()) << answer.text;
            }
            EXPECT_THAT(answer.header("x-personalize-local-why"),
                        testing::MatchesRegex("rule rule-[0-9]+ fired .ruled."));
        }
    });
}

}  // namespace
}  // namespace plocal::engine
