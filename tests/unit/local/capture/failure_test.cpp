#include "server/local/capture/failure.h"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace plocal::capture {
namespace {

using std::chrono::milliseconds;

// Fidelity: documented | A call that is throttled, or that meets a fault of the service, may succeed later. One that is
//   denied, or that is signed wrongly, does not | DG/CommonErrors.html
TEST(Failure, SaysWhatItMeansForOtherCalls) {
    const struct {
        const char* name;
        int status;
        const char* body;
        const char* text;
        const char* meaning;
    } cases[] = {
        {"throttled", 400, R"({"__type":"ThrottlingException","message":"Rate exceeded"})",
         "ThrottlingException: Rate exceeded", "passes"},
        {"throttled by status", 429, "", "HTTP status 429", "passes"},
        {"a fault of the service", 500, R"({"__type":"InternalFailure"})", "InternalFailure", "passes"},
        {"a gateway", 502, "<html>Bad Gateway</html>", "HTTP status 502", "passes"},
        {"denied", 400, R"({"__type":"AccessDeniedException","Message":"not authorized"})",
         "AccessDeniedException: not authorized", ""},
        {"denied, with the name of its service", 400, R"({"__type":"com.amazonaws.personalize#AccessDeniedException"})",
         "AccessDeniedException", ""},
        {"a bad token of a page", 400, R"({"__type":"InvalidNextTokenException","message":"Invalid token"})",
         "InvalidNextTokenException: Invalid token", ""},
        {"no such resource", 400, R"({"__type":"ResourceNotFoundException","message":"gone"})",
         "ResourceNotFoundException: gone", "absent"},
        {"an old session", 400, R"({"__type":"ExpiredTokenException","message":"The security token is expired"})",
         "ExpiredTokenException: The security token is expired", "all"},
        {"an unknown key", 400, R"({"__type":"UnrecognizedClientException"})", "UnrecognizedClientException", "all"},
        {"a wrong secret", 400, "{\"__type\":\"InvalidSignatureException\",\"message\":\"no match\\n\\nPOST\\n/\"}",
         "InvalidSignatureException: no match", "all"},
        {"something else than an object", 403, "[1]", "HTTP status 403", ""},
    };
    for (const auto& one : cases) {
        const Failure failure = read_failure(one.status, one.body);
        EXPECT_EQ(failure.text, one.text) << one.name;
        const std::string meaning = std::string(failure.may_pass ? "passes" : "") +
                                    (failure.is_of_all_calls ? "all" : "") + (failure.is_absence ? "absent" : "");
        EXPECT_EQ(meaning, one.meaning) << one.name;
    }
}

TEST(Failure, IsFollowedByLongerAndLongerPauses) {
    const int longest[] = {250, 500, 1000, 2000, 4000};
    for (int tries = 1; tries < most_tries; ++tries) {
        EXPECT_EQ(pause_behind(tries, 0), milliseconds(longest[tries - 1] / 2)) << tries;
        EXPECT_EQ(pause_behind(tries, 0.5), milliseconds(longest[tries - 1] * 3 / 4)) << tries;
        EXPECT_LE(pause_behind(tries, 0.999), milliseconds(longest[tries - 1])) << tries;
    }
}

TEST(Failure, ShowsNoSecret) {
    const std::vector<std::string> secrets = {"wJalr+/KEY", "", "token=="};
    EXPECT_EQ(without_secrets("a token== and token==, and wJalr+/KEY", secrets), "a *** and ***, and ***");
    EXPECT_EQ(without_secrets("nothing", secrets), "nothing");
}

}  // namespace
}  // namespace plocal::capture
