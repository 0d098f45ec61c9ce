#include "server/wire/protocol/identity.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/wire/protocol/requests.h"

namespace plocal::protocol {
namespace {

/// "KEY ACCOUNT REGION SERVICE", with a dash for what is missing.
std::string text_of(const Identity& identity) {
    const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text; };
    return or_dash(identity.access_key) + " " + identity.account.value_or("-") + " " + identity.region.value_or("-") +
           " " + or_dash(identity.service);
}

struct IdentityCase {
    const char* name;
    const char* text;  // a header's value, or a target
    const char* identity;
};

TEST(Identity, IsReadFromTheAuthorizationHeader) {
    const IdentityCase cases[] = {
        {"as botocore writes it",
         "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260131/eu-west-1/personalize/aws4_request, "
         "SignedHeaders=host;x-amz-date, Signature=0123",
         "AKIAEXAMPLE - eu-west-1 personalize"},
        {"without blanks",
         "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260131/eu-west-1/personalize/aws4_request,SignedHeaders=host,"
         "Signature=0123",
         "AKIAEXAMPLE - eu-west-1 personalize"},
        {"a key of twelve digits",
         "AWS4-HMAC-SHA256 Credential=111111111111/20260131/us-east-1/personalize/aws4_request, Signature=0",
         "111111111111 111111111111 us-east-1 personalize"},
        {"eleven digits",
         "AWS4-HMAC-SHA256 Credential=11111111111/20260131/us-east-1/personalize/aws4_request, Signature=0",
         "11111111111 - us-east-1 personalize"},
        {"thirteen digits",
         "AWS4-HMAC-SHA256 Credential=1111111111111/20260131/us-east-1/personalize/aws4_request, Signature=0",
         "1111111111111 - us-east-1 personalize"},
        {"eleven digits and a letter",
         "AWS4-HMAC-SHA256 Credential=11111111111a/20260131/us-east-1/personalize/aws4_request, Signature=0",
         "11111111111a - us-east-1 personalize"},
        {"no region", "AWS4-HMAC-SHA256 Credential=key/20260131//personalize/aws4_request, Signature=0",
         "key - - personalize"},
        {"no key", "AWS4-HMAC-SHA256 Credential=/20260131/us-east-1/personalize/aws4_request, Signature=0",
         "- - us-east-1 personalize"},
        {"for another service", "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/dynamodb/aws4_request, Signature=0",
         "key - us-east-1 dynamodb"},
    };
    for (const IdentityCase& one : cases) {
        const Request request = request_of("POST", "/", {{"aUTHORIZATION", one.text}});
        EXPECT_EQ(text_of(identify(request)), one.identity) << one.name;
    }
}

TEST(Identity, IsEmptyForABrokenSignature) {
    const char* const cases[] = {
        "",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=, Signature=0",
        "AWS4-HMAC-SHA256 Credential=111111111111, Signature=0",
        "AWS4-HMAC-SHA256 Credential=111111111111/20260131, Signature=0",
        "AWS4-HMAC-SHA256 Credential=111111111111/20260131/us-east-1/personalize, Signature=0",
        "AWS4-HMAC-SHA256 Credential=111111111111/20260131/us-east-1/personalize/aws5_request, Signature=0",
        "AWS4-HMAC-SHA256 Credential=111111111111/20260131/us-east-1/personalize/aws4_request/more, Signature=0",
        "AWS4-ECDSA-P256-SHA256 Credential=111111111111/20260131/personalize/aws4_request, Signature=0",
        "Basic MTExMTExMTExMTExOg==",
        "Bearer Credential",
        "Credential=",
    };
    for (const char* const text : cases) {
        EXPECT_EQ(text_of(identify(request_of("POST", "/", {{"authorization", text}}))), "- - - -") << text;
    }
    EXPECT_EQ(text_of(identify(request_of("POST", "/"))), "- - - -") << "no header";
}

TEST(Identity, IsReadFromAPresignedUrl) {
    const IdentityCase cases[] = {
        {"percent-encoded",
         "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=222222222222%2F20260131%2Feu-west-1%2Fpersonalize%2F"
         "aws4_request&X-Amz-Date=20260131T120000Z",
         "222222222222 222222222222 eu-west-1 personalize"},
        {"percent-encoded in lower case",
         "/?X-Amz-Credential=222222222222%2f20260131%2feu-west-1%2fpersonalize%2faws4_request",
         "222222222222 222222222222 eu-west-1 personalize"},
        {"with slashes", "/recommendations?X-Amz-Credential=key/20260131/eu-west-1/personalize/aws4_request",
         "key - eu-west-1 personalize"},
        {"broken", "/?X-Amz-Credential=222222222222%2F20260131&X-Amz-Date=20260131T120000Z", "- - - -"},
        {"empty", "/?X-Amz-Credential=", "- - - -"},
    };
    for (const IdentityCase& one : cases)
        EXPECT_EQ(text_of(identify(request_of("GET", one.text))), one.identity) << one.name;
}

TEST(Identity, IsReadFromTheHeaderBeforeTheUrl) {
    const Request request =
        request_of("GET", "/?X-Amz-Credential=url/20260131/eu-west-1/personalize/aws4_request",
                   {{"authorization",
                     "AWS4-HMAC-SHA256 Credential=header/20260131/us-east-1/personalize/aws4_request, Signature=0"}});
    EXPECT_EQ(text_of(identify(request)), "header - us-east-1 personalize");
}

// Fidelity: seen | A request id is a UUID of version 4 in lower case | aws-samples/amazon-personalize-samples;
//   aws-samples/amazon-personalize-immersion-day
TEST(RequestIds, AreDistinctUuidsOfVersionFour) {
    const char* const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    RequestIds ids;
    std::set<std::string> seen;
    std::set<char> variants;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = ids.next();
        ASSERT_THAT(id, testing::MatchesRegex(uuid));
        variants.insert(id[19]);
        seen.insert(id);
    }
    EXPECT_EQ(seen.size(), 1000u);
    EXPECT_EQ(variants.size(), 4u);
}

TEST(RequestIds, DifferBetweenTwoGenerators) {
    RequestIds one;
    RequestIds other;
    EXPECT_NE(one.next(), other.next());
}

}  // namespace
}  // namespace plocal::protocol
