#include "server/service/resources/page.h"

#include <string>

#include <gtest/gtest.h>

#include "server/model/api_error.h"

namespace plocal::resources {
namespace {

storage::Position position(std::int64_t ms, std::int64_t id) {
    return {base::Instant(std::chrono::milliseconds(ms)), id};
}

std::string refusal_of(std::string_view token, std::string_view query) {
    try {
        read_token(token, query);
        return "read";
    } catch (const model::ApiError& error) {
        return error.name() + ": " + error.message();
    }
}

const char* const refused = "InvalidNextTokenException: The token is not valid.";

TEST(PageToken, ReadsBackThePositionItWasMadeFor) {
    for (const storage::Position& place : {position(0, 0), position(1'769'860'800'123, 42), position(-1, 1),
                                           position(253'402'300'799'999, 9'223'372'036'854'775'807)}) {
        EXPECT_EQ(read_token(make_token(place, "query"), "query"), place);
    }
}

// Fidelity: documented | A token is opaque and has at most 1500 ASCII characters | boto/botocore,
//   personalize/2018-05-22/service-2.json
TEST(PageToken, FitsTheModel) {
    const std::string token = make_token(position(253'402'300'799'999, 9'223'372'036'854'775'807), "query");
    EXPECT_LE(token.size(), 1500u);
    for (const char c : token) EXPECT_TRUE(c > ' ' && c <= '~') << token;
}

TEST(PageToken, IsTheSameOnlyForTheSamePositionAndQuery) {
    EXPECT_EQ(make_token(position(5, 6), "query"), make_token(position(5, 6), "query"));
    EXPECT_NE(make_token(position(5, 6), "query"), make_token(position(5, 7), "query"));
    EXPECT_NE(make_token(position(5, 6), "query"), make_token(position(5, 6), "other"));
}

TEST(PageToken, IsRefusedWithAnyCharacterChanged) {
    const std::string token = make_token(position(1'769'860'800'123, 42), "query");
    for (std::size_t i = 0; i < token.size(); ++i) {
        for (const char other : {'A', 'B', 'z', '9', '+', '/', '=', ' ', '\n', '\x7f'}) {
            if (token[i] == other) continue;
            std::string changed = token;
            changed[i] = other;
            ASSERT_EQ(refusal_of(changed, "query"), refused) << "at " << i << ": " << changed;
        }
    }
}

TEST(PageToken, IsRefusedIfCutOrExtended) {
    const std::string token = make_token(position(1'769'860'800'123, 42), "query");
    for (std::size_t size = 0; size < token.size(); ++size) {
        ASSERT_EQ(refusal_of(token.substr(0, size), "query"), refused) << size;
    }
    for (const char* const more : {"=", "AAAA", "\n", " ", "===="}) {
        EXPECT_EQ(refusal_of(token + more, "query"), refused) << "'" << more << "'";
        EXPECT_EQ(refusal_of(more + token, "query"), refused) << "'" << more << "'";
    }
}

TEST(PageToken, OfAnotherQueryIsRefused) {
    EXPECT_EQ(refusal_of(make_token(position(5, 6), "query"), "other"), refused);
}

TEST(PageToken, OfGarbageIsRefused) {
    for (const std::string& text :
         {std::string(), std::string("0"), std::string("AAAA"), std::string("not a token"), std::string("\0\0\0\0", 4),
          std::string(1500, 'A'), std::string(1500, '='), std::string("NSA2IA=="), std::string("\xff\xff\xff\xff")}) {
        EXPECT_EQ(refusal_of(text, "query"), refused) << text.substr(0, 20);
    }
}

TEST(QueryIdentity, ConsistsOfKindScopeAndParent) {
    const storage::Page base{.scope = {}, .kind = "filter", .parent = {}, .after = {}};
    storage::Page other = base;
    other.after = position(1, 2);
    other.limit = 7;
    EXPECT_EQ(query_identity(other), query_identity(base)) << "position and page size do not matter";
    other = base;
    other.kind = "solution";
    EXPECT_NE(query_identity(other), query_identity(base));
    other = base;
    other.parent = "arn";
    EXPECT_NE(query_identity(other), query_identity(base));
    other = base;
    other.scope.account = "111111111111";
    EXPECT_NE(query_identity(other), query_identity(base));
    other = base;
    other.scope.region = "us-east-1";
    EXPECT_NE(query_identity(other), query_identity(base));
}

}  // namespace
}  // namespace plocal::resources
