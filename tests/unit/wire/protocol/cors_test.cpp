#include "server/wire/protocol/cors.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/unit/wire/protocol/requests.h"

namespace plocal::protocol {
namespace {

TEST(IsLocalOrigin, IsTrueOnlyForThisMachine) {
    for (const char* const origin :
         {"http://localhost", "https://localhost", "http://localhost:3000", "http://app.localhost:5173",
          "http://127.0.0.1", "http://127.0.0.1:8080", "http://[::1]", "https://[::1]:8443", "app://localhost"}) {
        EXPECT_TRUE(is_local_origin(origin)) << origin;
    }
    for (const char* const origin :
         {"", "null", "localhost", "localhost:3000", "http://", "http://example.com", "http://localhost.example.com",
          "http://notlocalhost", "http://example.com/localhost", "http://127.0.0.1.example.com", "http://127.0.0.2",
          "http://10.0.0.1", "http://[::2]", "http://[::1", "http://example.com:80/.localhost", "https://.example"}) {
        EXPECT_FALSE(is_local_origin(origin)) << origin;
    }
}

TEST(Origins, AdmitLocalPagesAndListedOnes) {
    const Origins none;
    EXPECT_TRUE(none.admit("http://localhost:3000"));
    EXPECT_FALSE(none.admit("https://app.example"));
    EXPECT_FALSE(none.admit(""));
    const Origins one{{"https://app.example"}};
    EXPECT_TRUE(one.admit("https://app.example"));
    EXPECT_TRUE(one.admit("http://localhost:3000"));
    EXPECT_FALSE(one.admit("https://app.example:8443"));
    EXPECT_FALSE(one.admit("https://evil.example"));
    EXPECT_TRUE(Origins{{"*"}}.admit("https://evil.example"));
    EXPECT_FALSE(Origins{{"*"}}.admit("")) << "no page";
}

// Fidelity: seen | The response to a request with an Origin exposes headers, among them request id and error type |
//   sibling Kinesis: mhart/kinesalite, test/connection.js
TEST(AllowOrigin, LetsALocalPageReadTheAnswer) {
    Response response{200, {}, "text"};
    allow_origin(request_of("POST", "/", {{"Origin", "http://localhost:3000"}}), {}, response);
    EXPECT_EQ(header_of(response, "access-control-allow-origin"), "http://localhost:3000");
    EXPECT_EQ(header_of(response, "access-control-expose-headers"),
              "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date,"
              "x-personalize-local-why,x-personalize-local-next");
    EXPECT_EQ(header_of(response, "vary"), "origin");
    EXPECT_EQ(response.body, "text");
}

TEST(AllowOrigin, DoesNothingForForeignPagesAndForNoPage) {
    for (const Request& request : {request_of("POST", "/", {{"Origin", "http://example.com"}}), request_of("POST", "/"),
                                   request_of("POST", "/", {{"Origin", "null"}})}) {
        Response response;
        allow_origin(request, {}, response);
        EXPECT_TRUE(response.headers.empty());
    }
}

// Private network access: a page from a public network asks to reach this machine.
TEST(OptionsAnswer, LetsAnAdmittedPageComeFromAnotherNetwork) {
    const auto answer_to = [](std::string_view origin, const char* asked, const Origins& origins) {
        const Response response = options_answer(
            request_of("OPTIONS", "/", {{"origin", origin}, {"access-control-request-private-network", asked}}),
            origins);
        return std::string(header_of(response, "access-control-allow-private-network"));
    };
    EXPECT_EQ(answer_to("https://app.example", "true", {{"https://app.example"}}), "true");
    EXPECT_EQ(answer_to("https://app.example", "true", {}), "(none)");
    EXPECT_EQ(answer_to("http://localhost", "", {}), "(none)") << "nobody has asked";
}

// Fidelity: seen | An OPTIONS request of a page gets 200 with an empty body | sibling Kinesis: mhart/kinesalite,
//   test/connection.js
TEST(OptionsAnswer, ListsWhatALocalPageMaySend) {
    const Response response = options_answer(
        request_of(
            "OPTIONS", "/",
            {{"origin", "http://localhost:3000"}, {"access-control-request-headers", "authorization,x-amz-target"}}),
        {});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(header_of(response, "allow"), "GET, HEAD, POST, PUT, DELETE, OPTIONS");
    EXPECT_EQ(header_of(response, "access-control-allow-origin"), "http://localhost:3000");
    EXPECT_EQ(header_of(response, "access-control-allow-methods"), "GET, HEAD, POST, PUT, DELETE, OPTIONS");
    EXPECT_EQ(header_of(response, "access-control-allow-headers"), "authorization,x-amz-target");
    EXPECT_EQ(header_of(response, "access-control-max-age"), "172800");
}

TEST(OptionsAnswer, AllowsAnyHeaderIfNoneIsAskedFor) {
    const Response response = options_answer(request_of("OPTIONS", "/", {{"origin", "http://localhost"}}), {});
    EXPECT_EQ(header_of(response, "access-control-allow-headers"), "*");
}

TEST(OptionsAnswer, GivesAForeignPageNothing) {
    const Response response = options_answer(request_of("OPTIONS", "/", {{"origin", "http://example.com"}}), {});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.size(), 1u);
    EXPECT_EQ(header_of(response, "allow"), "GET, HEAD, POST, PUT, DELETE, OPTIONS");
}

}  // namespace
}  // namespace plocal::protocol
