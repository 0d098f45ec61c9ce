// Verifies that a request is signed by one of the known keys, by Signature Version 4 in its Authorization header or its
// URL. Pure. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html
#pragma once

#include <chrono>
#include <string_view>

#include "server/wire/protocol/message.h"
#include "server/wire/signing/credentials.h"

namespace plocal::signing {

/// The time by two clocks. A signature may be dated by either, because clients set their clocks by our responses.
struct SigningTimes {
    std::chrono::sys_time<std::chrono::milliseconds> machine;
    std::chrono::sys_time<std::chrono::milliseconds> service;
};

struct SigningTerms {
    /// The service that the credential must be scoped to. Amazon Personalize has one name for all three services. "s3"
    /// selects the path rule of S3, and its rule that a presigned URL does not sign the body.
    std::string_view service = "personalize";
    int refused_with = 400;  // the status of a refusal: WireProtocol::signature_status
};

/// Returns if the request is signed by one of the credentials, for the service, and dated within 15 minutes of one of
/// the times. A URL must not have expired by one of the times. The identity that `identify` finds is then the verified
/// one. Throws ApiError for any other request; the checks have the order of the service.
void verify_signature(const protocol::Request& request, const Credentials& credentials, const SigningTimes& now,
                      const SigningTerms& terms = {});

}  // namespace plocal::signing
