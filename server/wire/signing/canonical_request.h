// The text of a request that Signature Version 4 signs. Signer and verifier share it. Pure.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server/wire/protocol/message.h"
#include "server/wire/signing/digest.h"
#include "server/wire/signing/uri.h"

namespace plocal::signing {

inline constexpr std::string_view signing_algorithm = "AWS4-HMAC-SHA256";
inline constexpr std::string_view scope_terminator = "aws4_request";

/// What stands for the hash of a body that the signature does not cover.
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

/// What a signature covers besides the method, the path and the values of the headers.
struct SignedParts {
    PathRule path_rule = PathRule::normalized;
    const Query& query;               // without X-Amz-Signature
    std::string_view signed_headers;  // names in lower case with semicolons between them
    std::string_view payload_hash;
};

/// The lines of method, path, query, headers, header names and hash. The headers keep the order of `signed_headers`;
/// one that the request does not have counts as empty.
std::string canonical_request(const protocol::Request& request, const SignedParts& parts);

/// The lines of algorithm, date, scope and the hash of the canonical request.
std::string string_to_sign(std::chrono::sys_seconds date, const CredentialScope& scope,
                           std::string_view canonical_request);

}  // namespace plocal::signing
