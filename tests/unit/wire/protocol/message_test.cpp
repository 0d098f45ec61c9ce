#include "server/wire/protocol/message.h"

#include <gtest/gtest.h>

#include "tests/unit/wire/protocol/requests.h"

namespace plocal::protocol {
namespace {

TEST(Request, FindsAHeaderInAnyCase) {
    const Request request = request_of("POST", "/", {{"X-Amz-Target", "one"}, {"x-amz-target", "two"}, {"empty", ""}});
    EXPECT_EQ(request.header("x-amz-target"), "one") << "the first counts";
    EXPECT_EQ(request.header("X-AMZ-TARGET"), "one");
    EXPECT_EQ(request.header("empty"), "");
    EXPECT_EQ(request.header("x-amz-targe"), "");
    EXPECT_EQ(request.header("x_amz_target"), "");
}

TEST(Request, HasAPathWithoutTheQuery) {
    EXPECT_EQ(request_of("GET", "/a/b").path(), "/a/b");
    EXPECT_EQ(request_of("GET", "/a?b?c").path(), "/a");
    EXPECT_EQ(request_of("GET", "?").path(), "");
    EXPECT_EQ(request_of("GET", "").path(), "");
}

TEST(Response, FindsTheFirstHeaderOfExactlyThisName) {
    const Response response{200, {{"date", "one"}, {"date", "two"}}, ""};
    EXPECT_EQ(response.header("date"), "one");
    EXPECT_EQ(response.header("Date"), "");
}

}  // namespace
}  // namespace plocal::protocol
