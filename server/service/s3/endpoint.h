// An S3 endpoint, and requests for it: path-style and signed. Pure.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/service/s3/object_store.h"
#include "server/wire/http/client_request.h"
#include "server/wire/signing/sign.h"

namespace plocal::s3 {

struct Endpoint {
    http::Url url;  // its target is the path before the buckets
    signing::SigningKey key;
    std::shared_ptr<http::ClientTls> tls;       // for an https URL
    std::chrono::milliseconds silence{30'000};  // after so long without an answer, or with failures alone, a call fails
};

/// One operation of S3.
struct Call {
    std::string method;
    ObjectName name;
    std::vector<std::pair<std::string, std::string>> query = {};
    std::vector<std::pair<std::string, std::string>> headers = {};  // names in lower case
    std::string_view body = {};
    bool is_of_bucket = false;  // the request names the bucket alone; the key is for messages
};

/// The signed request, without its body. The endpoint must outlive it.
http::ClientRequest signed_request(const Call& call, const Endpoint& endpoint, const std::string& region,
                                   std::chrono::sys_seconds now);

}  // namespace plocal::s3
