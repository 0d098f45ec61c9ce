// What a request says about its own signature, in its Authorization header or in its URL. One reading collects all that
// `verify` needs from header and URL. Pure; nothing is verified here.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "server/wire/protocol/message.h"
#include "server/wire/signing/uri.h"

namespace plocal::signing {

struct SignatureClaim {
    bool is_presigned = false;  // the URL holds it
    std::string algorithm;
    std::string credential;
    std::string signed_headers;
    std::string signature;
    std::chrono::sys_seconds date;
    std::optional<std::chrono::seconds> expires;  // how long a URL is valid, if it says so
    std::string session_token;                    // empty if there is none
    std::string payload_hash;                     // x-amz-content-sha256, empty if there is none
    Query query;                                  // the signed part of it: of a presigned URL without the signature
};

/// Throws ApiError if the request is not signed, is signed twice, or has a signature with a part that is missing or
/// unreadable. The checks have the order of the service.
SignatureClaim read_claim(const protocol::Request& request);

}  // namespace plocal::signing
