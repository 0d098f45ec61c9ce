#include "server/wire/signing/uri.h"

#include <optional>

#include <gtest/gtest.h>

namespace plocal::signing {
namespace {

// Fidelity: documented | The signed path has no `.`, `..` or empty segments. Each byte of it as it was sent is
//   percent-encoded, so that an encoded byte is encoded twice |
//   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
TEST(CanonicalPath, IsNormalizedAndEncodedTwice) {
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
    for (const auto& one : cases) EXPECT_EQ(canonical_path(one.target, PathRule::normalized), one.path) << one.name;
}

// Fidelity: documented | S3 signs a path without normalizing it, and percent-encoded once |
//   https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
TEST(CanonicalPath, OfS3KeepsItsSegmentsAndIsEncodedOnce) {
    const struct {
        const char* name;
        const char* target;
        const char* path;
    } cases[] = {
        {"the root", "/", "/"},
        {"nothing", "", "/"},
        {"a query alone", "?list-type=2", "/"},
        {"a query behind it", "/key?a=/b/../c", "/key"},
        {"doubled slashes", "//a///b//", "//a///b//"},
        {"dots", "/./a/../b", "/./a/../b"},
        {"what needs no encoding", "/-._~aZ09", "/-._~aZ09"},
        {"what does", "/a b+c:d@e$", "/a%20b%2Bc%3Ad%40e%24"},
        {"what is encoded already", "/a%20b%24", "/a%20b%24"},
        {"what is encoded without need, or in lower case", "/%61%c3%a9", "/a%C3%A9"},
        {"a slash inside of a segment", "/a%2Fb", "/a%2Fb"},
        {"a percent sign that encodes nothing", "/100%", "/100%25"},
        {"bytes beyond ASCII", "/\xe1\x88\xb4", "/%E1%88%B4"},
    };
    for (const auto& one : cases) EXPECT_EQ(canonical_path(one.target, PathRule::as_sent), one.path) << one.name;
}

// Fidelity: documented | Parameters are percent-encoded, then sorted by name and value. A parameter without a value
//   has an equal sign | https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
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
        {"empty parameters", "/?&a=1&&b=2&", "a=1&b=2"},
        {"sorted by what is encoded", "/?%C3%A9=1&z=2", "%C3%A9=1&z=2"},
        {"encoded once, however it was sent", "/?a=%2f%2F/", "a=%2F%2F%2F"},
        {"encoded without need", "/?%61=%7E", "a=~"},
        {"a plus is a plus", "/?a=1+2", "a=1%2B2"},
        {"a percent sign that encodes nothing", "/?a=%&b=%zz&c=%4", "a=%25&b=%25zz&c=%254"},
        {"a question mark", "/?a=?", "a=%3F"},
    };
    for (const auto& one : cases) EXPECT_EQ(Query(one.target).canonical(), one.query) << one.name;
}

TEST(Query, FindsTheFirstParameterOfAName) {
    const Query query("/?a=1&a=2&b=&A=3");
    EXPECT_EQ(query.value("a"), "1");
    EXPECT_EQ(query.find("b"), "");
    EXPECT_EQ(query.find("c"), std::nullopt);
    EXPECT_EQ(query.value("c"), "");
}

TEST(Query, RemovesTheFirstParameterOfAName) {
    Query query("/?a=1&b=2&a=3");
    query.remove("a");
    query.remove("c");
    EXPECT_EQ(query.canonical(), "a=3&b=2");
}

TEST(Query, AddsAParameterAsItIsBeforeEncoding) {
    Query query("/?b=2");
    query.add("a", "x/y z");
    EXPECT_EQ(query.canonical(), "a=x%2Fy%20z&b=2");
}

}  // namespace
}  // namespace plocal::signing
