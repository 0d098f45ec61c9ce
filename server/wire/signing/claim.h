// What a request says of its own signature of version 4, in its header or in its URL. Pure; nothing is verified here.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/wire/protocol/message.h"
#include "server/wire/signing/canonical_request.h"

namespace plocal::signing {

struct SignatureClaim {
    bool is_presigned = false;  // all of it stands in the URL
    std::string algorithm;
    std::string credential;
    std::string signed_headers;
    std::string signature;
    std::chrono::sys_seconds date;
    std::optional<std::chrono::seconds> expires;  // how long a URL is good for, where it says so
    std::string session_token;                    // empty where there is none
};

/// Throws ApiError for a request that is not signed, signed twice, or by a signature of which a part is missing or
/// cannot be read, in the service's own order.
SignatureClaim read_claim(const protocol::Request& request, const std::vector<QueryParameter>& query);

/// `20150830T123600Z`, as signatures write moments.
std::string basic_iso8601(std::chrono::sys_seconds moment);

}  // namespace plocal::signing
