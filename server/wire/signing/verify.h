// Whether a request is signed by one of the known keys, by AWS's Signature Version 4 in its header or its URL, and if
// not, why not. Pure. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html
#pragma once

#include <chrono>
#include <string_view>

#include "server/wire/protocol/message.h"
#include "server/wire/signing/credentials.h"

namespace plocal::signing {

/// What time it is, twice: a signature may be dated by either, since clients set their clocks by our answers.
struct SigningTimes {
    std::chrono::sys_time<std::chrono::milliseconds> machine;
    std::chrono::sys_time<std::chrono::milliseconds> service;
};

/// What a signature is held to.
struct SigningTerms {
    std::string_view service = "personalize";  // all three services are signed for by this name
    int refused_with = 400;                    // the status of a refusal: 400 in AWS JSON, 403 in REST-JSON (seen)
};

/// Returns where the request is signed by one of the credentials, for the service, and dated within 15 minutes of one
/// of the times; a URL, before it expires by one of them. What `identify` tells of such a request is then true. Throws
/// ApiError for any other, in the service's own order of checks.
void verify_signature(const protocol::Request& request, const Credentials& credentials, const SigningTimes& now,
                      const SigningTerms& terms = {});

}  // namespace plocal::signing
