// The access key, account, region and service that the signature of a request names, unverified, and request ids. Pure,
// except for the random request ids.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "server/wire/protocol/message.h"

namespace plocal::protocol {

struct Identity {
    std::string access_key;              // empty for an unsigned request
    std::optional<std::string> account;  // the access key, if it is twelve digits
    std::optional<std::string> region;   // in the credential scope
    std::string service;                 // in the credential scope: "personalize", "dynamodb"
};

/// Reads the `Authorization` header, or else the `X-Amz-Credential` of a presigned URL. Returns an empty identity if
/// there is no credential or if it is malformed.
Identity identify(const Request& request);

/// Makes request ids: UUIDs of version 4 in lower case (seen). They are random, also with --seed. For one thread.
class RequestIds {
public:
    RequestIds();

    /// Another id each time.
    std::string next();

private:
    std::mt19937_64 random_;
};

}  // namespace plocal::protocol
