#include "server/wire/signing/canonical_request.h"

#include <string>

#include <gtest/gtest.h>

#include "server/wire/signing/digest.h"
#include "tests/unit/wire/protocol/requests.h"

namespace plocal::signing {
namespace {

using protocol::Request;
using protocol::request_of;

/// The canonical request by the rules of all services but S3.
std::string canonical(const Request& request, std::string_view signed_headers, std::string_view payload_hash) {
    const Query query(request.target);
    return canonical_request(request, {.query = query, .signed_headers = signed_headers, .payload_hash = payload_hash});
}

// Fidelity: documented | The value of a signed header has no white space at its ends, and one blank for each run of
//   white space inside. Values of headers with one name are joined by commas in the order in which they are sent |
//   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
TEST(CanonicalRequest, HoldsTheSignedHeadersInTheirOrder) {
    const Request request = request_of("POST", "/events?b&a=1",
                                       {{"X-B", " two \t words "},
                                        {"Host", "localhost"},
                                        {"x-b", "again"},
                                        {"Not-Signed", "x"},
                                        {"X-Empty", "  "},
                                        {"X-Folded", "a\r\n  b"}});
    EXPECT_EQ(canonical(request, "host;x-b;x-empty;x-folded;x-gone", "hash"),
              "POST\n/events\na=1&b=\nhost:localhost\nx-b:two words,again\nx-empty:\nx-folded:a b\nx-gone:\n\n"
              "host;x-b;x-empty;x-folded;x-gone\nhash");
}

TEST(CanonicalRequest, EqualsTheOneThatAwsPublishes) {
    const Request request = request_of("GET", "/?Action=ListUsers&Version=2010-05-08",
                                       {{"Host", "iam.amazonaws.com"},
                                        {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                                        {"X-Amz-Date", "20150830T123600Z"}});
    const std::string text = canonical(request, "content-type;host;x-amz-date", sha256(""));
    EXPECT_EQ(sha256(text), "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59") << text;
}

TEST(CanonicalRequest, HasThePathByTheRuleOfTheService) {
    const Request request = request_of("GET", "/a//b%20c");
    const Query query(request.target);
    const auto path_line = [&](PathRule rule) {
        const std::string text = canonical_request(
            request, {.path_rule = rule, .query = query, .signed_headers = "", .payload_hash = unsigned_payload});
        return text.substr(4, text.find('\n', 4) - 4);
    };
    EXPECT_EQ(path_line(PathRule::normalized), "/a/b%2520c");
    EXPECT_EQ(path_line(PathRule::as_sent), "/a//b%20c");
}

}  // namespace
}  // namespace plocal::signing
