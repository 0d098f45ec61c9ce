#include "server/service/s3/endpoint.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "server/base/iso8601.h"

namespace plocal::s3 {
namespace {

std::string header_of(const http::ClientRequest& request, const std::string& name) {
    for (const auto& [each, value] : request.headers) {
        if (each == name) return value;
    }
    return "none";
}

// The signatures are those of botocore 1.43 for the same requests.
TEST(SignedRequest, HasTheSignatureOfTheSdk) {
    const signing::SigningKey key{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", ""};
    const signing::SigningKey temporary{key.access_key, key.secret, "a/token+"};
    const struct {
        const char* name;
        const char* url;
        signing::SigningKey key;
        Call call;
        const char* target;
        const char* signature;
    } cases[] = {
        {"a key with all kinds of characters",
         "http://localhost:4566",
         key,
         {.method = "GET", .name = {"shop", "in/a b+c//./..?/ä#%"}},
         "/shop/in/a%20b%2Bc//./..%3F/%C3%A4%23%25",
         "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
         "Signature=d5de564d2ade2d6a0d733b6d905e1ccb314ab311367c514cb750878ad8d2b89a"},
        {"a listing behind a path",
         "https://s3.example/storage/",
         temporary,
         {.method = "GET",
          .name = {"shop", "in/a b+"},
          .query = {{"list-type", "2"},
                    {"encoding-type", "url"},
                    {"max-keys", "1000"},
                    {"prefix", "in/a b+"},
                    {"continuation-token", "to/ken=="}},
          .is_of_bucket = true},
         "/storage/shop?continuation-token=to%2Fken%3D%3D&encoding-type=url&list-type=2&max-keys=1000&"
         "prefix=in%2Fa%20b%2B",
         "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, "
         "Signature=e53fdd96531a1b0f20302127401279e884a1f2e187eb7907184ec95a066519eb"},
        {"a part of an upload to an IPv6 address",
         "http://[::1]:9000",
         key,
         {.method = "PUT",
          .name = {"shop", "a"},
          .query = {{"partNumber", "2"}, {"uploadId", "the/id"}},
          .body = "content"},
         "/shop/a?partNumber=2&uploadId=the%2Fid",
         "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
         "Signature=daa381a51f28b11ee3fab8bb2f5ca9206d9119084e32d29219926937548d0026"},
    };
    const auto noon = std::chrono::floor<std::chrono::seconds>(base::parse_iso8601("2026-01-31T12:00:00Z").value());
    for (const auto& each : cases) {
        const Endpoint endpoint{.url = http::parse_url(each.url).value(), .key = each.key, .tls = nullptr};
        const http::ClientRequest request = signed_request(each.call, endpoint, "ap-northeast-1", noon);
        EXPECT_EQ(request.url.target, each.target) << each.name;
        EXPECT_EQ(header_of(request, "authorization"),
                  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260131/ap-northeast-1/s3/aws4_request, " +
                      std::string(each.signature))
            << each.name;
    }
}

}  // namespace
}  // namespace plocal::s3
