// Who asks, and for where, as a request's signature names it. Nothing is verified here. Pure, but for request ids.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "server/wire/protocol/message.h"

namespace plocal::protocol {

struct Identity {
    std::string access_key;              // empty for an unsigned request
    std::optional<std::string> account;  // the access key, where that is twelve digits
    std::optional<std::string> region;   // of the credential scope
    std::string service;                 // of the credential scope: "personalize", "dynamodb"
};

/// Reads the `Authorization` header, else the `X-Amz-Credential` of a presigned URL. A broken one counts as none.
Identity identify(const Request& request);

/// Makes request ids: UUIDs of version 4, lower case (seen). They tell requests apart in logs and follow from
/// nothing. For one thread.
class RequestIds {
public:
    RequestIds();
    std::string next();

private:
    std::mt19937_64 random_;
};

}  // namespace plocal::protocol
