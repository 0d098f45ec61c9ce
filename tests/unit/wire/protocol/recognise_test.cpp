#include "server/wire/protocol/recognise.h"

#include <string>

#include <gtest/gtest.h>

#include "server/wire/protocol/aws_json.h"
#include "server/wire/protocol/rest_json.h"
#include "tests/unit/wire/protocol/requests.h"

namespace plocal::protocol {
namespace {

/// "SERVICE PROTOCOL OPERATION"; the protocol finds the operation if none is given.
std::string recognised_as(const Request& request) {
    const Recognised recognised = recognise(request);
    const bool is_rest = recognised.protocol == &rest_json::protocol;
    EXPECT_TRUE(is_rest || recognised.protocol == &aws_json::protocol);
    const std::string service = recognised.service->name() + (is_rest ? " rest_json" : " aws_json");
    return recognised.rest_operation == nullptr ? service : service + " " + recognised.rest_operation->name;
}

// Fidelity: documented | An operation of runtime or events is a POST to a path of its own | boto/botocore,
//   personalize-runtime and personalize-events
TEST(Recognise, FindsEachRestOperationByItsPath) {
    for (const model::Service* const service : {&model::personalize_runtime(), &model::personalize_events()}) {
        for (const model::Operation& operation : service->operations()) {
            EXPECT_EQ(recognised_as(request_of("POST", operation.path)),
                      service->name() + " rest_json " + operation.name);
            EXPECT_EQ(recognised_as(request_of("POST", operation.path + "?a=b/c")),
                      service->name() + " rest_json " + operation.name);
        }
    }
}

TEST(Recognise, TakesEveryOtherRequestForTheControlPlane) {
    const std::string control_plane = model::personalize().name() + " aws_json";
    const Request cases[] = {
        request_of("POST", "/"),
        request_of("POST", ""),
        request_of("POST", "*"),
        request_of("GET", "/events"),
        request_of("PUT", "/events"),
        request_of("POST", "/events/"),
        request_of("POST", "/Events"),
        request_of("POST", "/event"),
        request_of("POST", "//events"),
        request_of("POST", "/?/events"),
        request_of("POST", "/events", {{"X-Amz-Target", "AmazonPersonalize.ListRecipes"}}),
    };
    for (const Request& request : cases) {
        EXPECT_EQ(recognised_as(request), control_plane) << request.method << " " << request.target;
    }
}

TEST(Recognise, ReadsTheCallByTheProtocol) {
    const Request rest = request_of("POST", "/events", {}, R"({"a":1})");
    const Call call = recognise(rest).read(rest);
    EXPECT_EQ(call.service, &model::personalize_events());
    EXPECT_EQ(call.operation, model::personalize_events().operation("PutEvents"));
    EXPECT_EQ(call.input.dump(), R"({"a":1})");
    const Request control =
        request_of("POST", "/",
                   {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", "AmazonPersonalize.ListRecipes"}});
    EXPECT_EQ(recognise(control).read(control).operation, model::personalize().operation("ListRecipes"));
}

}  // namespace
}  // namespace plocal::protocol
