// Signs requests to AWS and to compatible servers by Signature Version 4, in headers or in a URL. Pure: the caller
// gives the time. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "server/wire/protocol/message.h"
#include "server/wire/signing/uri.h"

namespace plocal::signing {

struct SigningKey {
    std::string access_key;
    std::string secret;
    std::string session_token;  // empty for a key without one
};

/// The service that a request is signed for.
struct SigningTarget {
    std::string region;
    std::string service;
    PathRule path_rule = PathRule::normalized;
    bool announces_payload_hash = false;  // in x-amz-content-sha256, which S3 requires
};

/// S3, and servers that speak its API.
SigningTarget s3_target(std::string region);

struct SignedHeader {
    std::string name;  // in lower case
    std::string value;
};

/// The headers that make `request` a signed one: x-amz-date, x-amz-security-token if the key has a token,
/// x-amz-content-sha256 if the target announces it, and last authorization. The caller adds them as they are and leaves
/// the request otherwise unchanged.
///
/// The request must have a host header and none of the returned ones. All its headers are signed but those that a proxy
/// or an HTTP client may change: authorization, connection, expect, transfer-encoding, user-agent, x-amzn-trace-id.
/// `payload_hash` is the SHA-256 of a body that is sent apart from the request, or `unsigned_payload`; empty for the
/// hash of the request's body. Throws std::runtime_error if OpenSSL has no SHA-256.
std::vector<SignedHeader> sign(const protocol::Request& request, const SigningKey& key, const SigningTarget& target,
                               std::chrono::sys_seconds time, std::string_view payload_hash = {});

/// The target of a URL, path and query, that is signed and valid for `expires`, from one second to a week. The
/// parameters are sorted. Conditions, `payload_hash` and exceptions as for `sign`; S3 expects `unsigned_payload`.
std::string presign(const protocol::Request& request, const SigningKey& key, const SigningTarget& target,
                    std::chrono::sys_seconds time, std::chrono::seconds expires, std::string_view payload_hash = {});

}  // namespace plocal::signing
