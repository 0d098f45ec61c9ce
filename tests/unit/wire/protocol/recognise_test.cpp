#include "server/wire/protocol/recognise.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/unit/wire/protocol/requests.h"

namespace plocal::protocol {
namespace {

/// "SERVICE OPERATION", or the service alone where the operation is the protocol's to tell.
std::string told(const Request& request) {
    const Recognised recognised = recognise(request);
    const std::string& service = recognised.service->name();
    return recognised.rest_operation == nullptr ? service : service + " " + recognised.rest_operation->name;
}

// Fidelity: documented | An operation of runtime or events is a POST to a path of its own | boto/botocore,
//   personalize-runtime and personalize-events
TEST(Recognise, TellsEachRestOperationByItsPath) {
    for (const model::Service* const service : {&model::personalize_runtime(), &model::personalize_events()}) {
        for (const model::Operation& operation : service->operations()) {
            EXPECT_EQ(told(request_of("POST", operation.path)), service->name() + " " + operation.name);
            EXPECT_EQ(told(request_of("POST", operation.path + "?a=b/c")), service->name() + " " + operation.name);
        }
    }
}

TEST(Recognise, TakesEverythingElseForTheControlPlane) {
    const std::string control_plane = model::personalize().name();
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
        EXPECT_EQ(told(request), control_plane) << request.method << " " << request.target;
    }
}

TEST(PathOf, IsTheTargetWithoutItsQuery) {
    EXPECT_EQ(path_of("/a/b"), "/a/b");
    EXPECT_EQ(path_of("/a?b?c"), "/a");
    EXPECT_EQ(path_of("?"), "");
    EXPECT_EQ(path_of(""), "");
}

}  // namespace
}  // namespace plocal::protocol
