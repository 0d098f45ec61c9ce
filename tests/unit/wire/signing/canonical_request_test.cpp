#include "server/wire/signing/canonical_request.h"

#include <string>

#include <gtest/gtest.h>

#include "server/wire/signing/digest.h"
#include "tests/unit/wire/protocol/requests.h"

namespace plocal::signing {
namespace {

// Fidelity: documented | The path that is signed has no `.`, `..` or doubled slashes, and each byte of it as it was
// sent
//   is percent-encoded, so that what was encoded is so twice |
//   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
TEST(CanonicalPath, IsInOrderAndEncodedTwice) {
    const struct {
        const char* name;
        const char* target;
        const char* path;
    } cases[] = {
        {"the root", "/", "/"},
        {"nothing", "", "/"},
        {"a query alone", "?a=b", "/"},
        {"an operation", "/recommendations", "/recommendations"},
        {"a query behind it", "/events?a=/b/../c", "/events"},
        {"a folder stays one", "/a/b/", "/a/b/"},
        {"doubled slashes", "//a///b//", "/a/b/"},
        {"only slashes", "///", "/"},
        {"a dot", "/./a/./b", "/a/b"},
        {"two dots", "/a/b/../c", "/a/c"},
        {"two dots at the end", "/a/..", "/"},
        {"above the root", "/../../a", "/a"},
        {"three dots are a name", "/.../a", "/.../a"},
        {"what needs no encoding", "/-._~aZ09", "/-._~aZ09"},
        {"what does", "/a b+c:d@e", "/a%20b%2Bc%3Ad%40e"},
        {"what is encoded already", "/a%20b", "/a%2520b"},
        {"bytes beyond ASCII", "/\xe1\x88\xb4", "/%E1%88%B4"},
    };
    for (const auto& one : cases) EXPECT_EQ(canonical_path(one.target), one.path) << one.name;
}

// Fidelity: documented | Parameters are sorted by name, then by value, after they were encoded; one without a value has
//   an equal sign |
//   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
TEST(CanonicalQuery, IsEncodedAndSorted) {
    const struct {
        const char* name;
        const char* target;
        const char* query;
    } cases[] = {
        {"none", "/", ""},
        {"an empty one", "/?", ""},
        {"by name", "/?b=1&a=2&B=3", "B=3&a=2&b=1"},
        {"by value", "/?a=2&a=10&a=", "a=&a=10&a=2"},
        {"a name before a longer one", "/?ab=1&a=2&a-=3", "a=2&a-=3&ab=1"},
        {"without a value", "/?flag&a=1", "a=1&flag="},
        {"an equal sign in the value", "/?a=b=c", "a=b%3Dc"},
        {"nothing between two signs", "/?&a=1&&b=2&", "a=1&b=2"},
        {"sorted by what is encoded", "/?%C3%A9=1&z=2", "%C3%A9=1&z=2"},
        {"encoded once, however it was sent", "/?a=%2f%2F/", "a=%2F%2F%2F"},
        {"encoded without need", "/?%61=%7E", "a=~"},
        {"a plus is a plus", "/?a=1+2", "a=1%2B2"},
        {"a percent sign that encodes nothing", "/?a=%&b=%zz&c=%4", "a=%25&b=%25zz&c=%254"},
        {"a question mark", "/?a=?", "a=%3F"},
    };
    for (const auto& one : cases) EXPECT_EQ(canonical_query(query_of(one.target)), one.query) << one.name;
}

TEST(Query, TellsTheFirstParameterOfAName) {
    const auto query = query_of("/?a=1&a=2&b=&A=3");
    EXPECT_EQ(parameter(query, "a"), "1");
    EXPECT_EQ(find_parameter(query, "b"), "");
    EXPECT_EQ(find_parameter(query, "c"), std::nullopt);
    EXPECT_EQ(parameter(query, "c"), "");
}

// Fidelity: documented | A signed header's value has no white space at its ends and one blank for each run inside;
//   headers of one name are joined by commas in the order in which they are sent |
//   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
TEST(CanonicalRequest, HoldsTheSignedHeadersInTheirOrder) {
    const protocol::Request request = protocol::request_of("POST", "/events?b&a=1",
                                                 {{"X-B", " two \t words "},
                                                  {"Host", "localhost"},
                                                  {"x-b", "again"},
                                                  {"Not-Signed", "x"},
                                                  {"X-Empty", "  "},
                                                  {"X-Folded", "a\r\n  b"}});
    EXPECT_EQ(canonical_request(request, query_of(request.target), "host;x-b;x-empty;x-folded;x-gone", "hash"),
              "POST\n/events\na=1&b=\nhost:localhost\nx-b:two words,again\nx-empty:\nx-folded:a b\nx-gone:\n\n"
              "host;x-b;x-empty;x-folded;x-gone\nhash");
}

TEST(CanonicalRequest, IsTheOneThatAwsPublishes) {
    const protocol::Request request = protocol::request_of("GET", "/?Action=ListUsers&Version=2010-05-08",
                                                 {{"Host", "iam.amazonaws.com"},
                                                  {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                                                  {"X-Amz-Date", "20150830T123600Z"}});
    const std::string text =
        canonical_request(request, query_of(request.target), "content-type;host;x-amz-date", sha256(""));
    EXPECT_EQ(sha256(text), "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59") << text;
}

}  // namespace
}  // namespace plocal::signing
