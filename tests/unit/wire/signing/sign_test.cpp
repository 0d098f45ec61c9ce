#include "server/wire/signing/sign.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/wire/signing/published.h"

namespace plocal::signing {
namespace {

using namespace std::chrono_literals;
using base::Json;

/// The draft with the headers that `sign` returns.
RequestDraft signed_request(RequestDraft draft, const SigningKey& key, const SigningTarget& target,
                            std::chrono::sys_seconds time, std::string_view payload_hash = {}) {
    const std::vector<SignedHeader> headers = sign(draft.request(), key, target, time, payload_hash);
    for (const SignedHeader& header : headers) draft.headers.emplace_back(header.name, header.value);
    return draft;
}

RequestDraft published_draft(const Json& one) {
    RequestDraft draft{.method = one["method"], .target = one["target"], .headers = {}, .body = one.value("body", "")};
    for (const Json& header : one["headers"]) draft.headers.emplace_back(header[0], header[1]);
    return draft;
}

/// Some cases of the suite add the session token after signing: then the signer has none.
SigningKey published_key(const Json& one, bool signs_token) {
    return {example_key, example_secret, signs_token ? one.value("token", "") : ""};
}

SigningTarget published_target(const Json& one) {
    const bool is_as_sent = one["name"].get<std::string>().ends_with("-unnormalized");
    return {.region = "us-east-1",
            .service = "service",
            .path_rule = is_as_sent ? PathRule::as_sent : PathRule::normalized,
            .announces_payload_hash = one.contains("hashHeader")};
}

TEST(Sign, GivesTheAuthorizationHeaderThatAwsPublishes) {
    int signed_count = 0;
    for (const Json& one : published()) {
        SCOPED_TRACE(one["name"].get<std::string>());
        const std::string names = one["header"]["signedHeaders"];
        const bool signs_token = names.find("x-amz-security-token") != std::string::npos;
        RequestDraft draft = signed_request(published_draft(one), published_key(one, signs_token),
                                            published_target(one), example_moment);
        EXPECT_EQ(draft.header("authorization"),
                  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=" +
                      names + ", Signature=" + one["header"]["signature"].get<std::string>());
        ++signed_count;
    }
    EXPECT_EQ(signed_count, 38);
}

TEST(Presign, GivesTheSignatureThatAwsPublishes) {
    for (const Json& one : published()) {
        if (one["name"] == "post-sts-header-after") continue;  // its token is added after signing
        SCOPED_TRACE(one["name"].get<std::string>());
        const RequestDraft draft = published_draft(one);
        const std::string target =
            presign(draft.request(), published_key(one, true), published_target(one), example_moment, 3600s);
        const Query query(target);
        EXPECT_EQ(query.value("X-Amz-Signature"), one["query"]["signature"].get<std::string>());
        EXPECT_EQ(query.value("X-Amz-SignedHeaders"), one["query"]["signedHeaders"].get<std::string>());
    }
}

// The examples of S3. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const SigningKey s3_key{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""};
constexpr std::chrono::sys_seconds s3_moment{std::chrono::sys_days(std::chrono::year(2013) / 5 / 24)};

struct S3Example {
    std::string name;
    RequestDraft draft;
    std::string signed_headers;
    std::string signature;
};

std::vector<S3Example> s3_examples() {
    const std::pair<std::string, std::string> host{"Host", "examplebucket.s3.amazonaws.com"};
    return {
        {"GET object",
         {.method = "GET", .target = "/test.txt", .headers = {host, {"Range", "bytes=0-9"}}, .body = ""},
         "host;range;x-amz-content-sha256;x-amz-date",
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
        {"PUT object",
         {.method = "PUT",
          .target = "/test%24file.text",
          .headers = {host, {"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
          .body = "Welcome to Amazon S3."},
         "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
        {"GET bucket lifecycle",
         {.method = "GET", .target = "/?lifecycle", .headers = {host}, .body = ""},
         "host;x-amz-content-sha256;x-amz-date",
         "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
        {"list objects",
         {.method = "GET", .target = "/?max-keys=2&prefix=J", .headers = {host}, .body = ""},
         "host;x-amz-content-sha256;x-amz-date",
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
    };
}

TEST(Sign, GivesTheSignaturesOfTheExamplesOfS3) {
    for (const S3Example& example : s3_examples()) {
        SCOPED_TRACE(example.name);
        RequestDraft draft = signed_request(example.draft, s3_key, s3_target("us-east-1"), s3_moment);
        EXPECT_EQ(draft.header("authorization"),
                  "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                  "SignedHeaders=" +
                      example.signed_headers + ", Signature=" + example.signature);
        EXPECT_EQ(draft.header("x-amz-date"), "20130524T000000Z");
        EXPECT_EQ(draft.header("x-amz-content-sha256"), sha256(draft.body));
    }
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
TEST(Presign, GivesTheSignatureOfTheExampleOfS3) {
    const RequestDraft draft{
        .method = "GET", .target = "/test.txt", .headers = {{"Host", "examplebucket.s3.amazonaws.com"}}, .body = ""};
    const std::string target =
        presign(draft.request(), s3_key, s3_target("us-east-1"), s3_moment, 86400s, unsigned_payload);
    EXPECT_EQ(target,
              "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%"
              "2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-Signature="
              "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404&X-Amz-SignedHeaders=host");
}

/// What the verifier says about a request to this service.
std::string verdict_for(const RequestDraft& draft, const std::string& service, const SigningKey& key) {
    return verdict(draft.request(), credentials_of(key.access_key, key.secret, key.session_token), at(example_moment),
                   {.service = service});
}

const SigningKey test_key{example_key, example_secret, ""};
const SigningKey session_key{example_key, example_secret, "token/1+="};
const SigningTarget personalize{.region = "eu-west-1", .service = "personalize"};
const SigningTarget s3 = s3_target("eu-west-1");

/// A request that the path rules, the query and the headers all have something to do for.
RequestDraft tricky_request() {
    return {.method = "PUT",
            .target = "/a//b/../c%20d$/?x=1&a=%2F&empty",
            .headers = {{"Host", "localhost:9000"}, {"X-B", " two  words "}, {"x-b", "again"}, {"Empty", ""}},
            .body = "content"};
}

TEST(Sign, IsAcceptedByTheVerifier) {
    for (const SigningTarget& target : {personalize, s3}) {
        for (const SigningKey& key : {test_key, session_key}) {
            SCOPED_TRACE(target.service + " " + key.session_token);
            RequestDraft draft = signed_request(tricky_request(), key, target, example_moment);
            EXPECT_EQ(verdict_for(draft, target.service, key), "accepted");
            draft.body += "x";
            EXPECT_NE(verdict_for(draft, target.service, key), "accepted");
            draft.body.pop_back();
            draft.target.replace(draft.target.find("/b/"), 3, "/e/");
            EXPECT_EQ(verdict_for(draft, target.service, key) == "accepted", target.service == "personalize")
                << "only a normalized path hides a segment before two dots";
        }
    }
}

TEST(Presign, IsAcceptedByTheVerifierUntilItExpires) {
    for (const SigningTarget& target : {personalize, s3}) {
        for (const SigningKey& key : {test_key, session_key}) {
            SCOPED_TRACE(target.service + " " + key.session_token);
            const std::string_view hash = target.service == "s3" ? unsigned_payload : std::string_view();
            RequestDraft draft = tricky_request();
            draft.target = presign(draft.request(), key, target, example_moment, 60s, hash);
            EXPECT_EQ(verdict_for(draft, target.service, key), "accepted");
            EXPECT_NE(verdict(draft.request(), credentials_of(key.access_key, key.secret, key.session_token),
                              at(example_moment + 61s), {.service = target.service}),
                      "accepted");
            draft.body += "x";
            EXPECT_EQ(verdict_for(draft, target.service, key) == "accepted", target.service == "s3")
                << "only S3 leaves the body unsigned";
        }
    }
}

TEST(Sign, LeavesABodyUnsignedThatIsSentApart) {
    RequestDraft draft = signed_request(tricky_request(), test_key, s3, example_moment, unsigned_payload);
    EXPECT_EQ(draft.header("x-amz-content-sha256"), "UNSIGNED-PAYLOAD");
    draft.body = "another";
    EXPECT_EQ(verdict_for(draft, "s3", test_key), "accepted");
}

TEST(Sign, SignsABodyThatIsSentApartByItsHash) {
    RequestDraft draft = tricky_request();
    draft.body = "";
    draft = signed_request(draft, test_key, s3, example_moment, sha256("content"));
    draft.body = "content";
    EXPECT_EQ(verdict_for(draft, "s3", test_key), "accepted");
}

TEST(Sign, ReturnsOnlyTheHeadersThatTheTargetNeeds) {
    const auto names = [](const SigningKey& key, const SigningTarget& target) {
        std::string joined;
        const RequestDraft draft = tricky_request();
        for (const SignedHeader& header : sign(draft.request(), key, target, example_moment))
            joined += header.name + " ";
        return joined;
    };
    EXPECT_EQ(names(test_key, personalize), "x-amz-date authorization ");
    EXPECT_EQ(names(session_key, personalize), "x-amz-date x-amz-security-token authorization ");
    EXPECT_EQ(names(test_key, s3), "x-amz-date x-amz-content-sha256 authorization ");
    EXPECT_EQ(names(session_key, s3), "x-amz-date x-amz-security-token x-amz-content-sha256 authorization ");
}

TEST(Sign, LeavesOutHeadersThatMayChangeOnTheWay) {
    RequestDraft draft = tricky_request();
    for (const char* const name : {"Connection", "Expect", "Transfer-Encoding", "User-Agent", "X-Amzn-Trace-Id"}) {
        draft.headers.emplace_back(name, "before");
    }
    draft = signed_request(draft, test_key, personalize, example_moment);
    for (auto& [name, value] : draft.headers) value = value == "before" ? "after" : value;
    EXPECT_EQ(verdict_for(draft, "personalize", test_key), "accepted");
    draft.header("Empty") = "changed";
    EXPECT_NE(verdict_for(draft, "personalize", test_key), "accepted") << "all others are signed";
}

}  // namespace
}  // namespace plocal::signing
