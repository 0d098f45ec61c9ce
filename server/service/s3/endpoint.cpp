#include "server/service/s3/endpoint.h"

#include <algorithm>

#include "server/wire/signing/digest.h"

namespace plocal::s3 {
namespace {

/// A key with all its slashes, also those that follow each other.
std::string encoded_key(std::string_view key) {
    std::string out;
    for (std::size_t begin = 0; begin <= key.size();) {
        const std::size_t end = std::min(key.find('/', begin), key.size());
        out += signing::percent_encoded(key.substr(begin, end - begin));
        if (end < key.size()) out += '/';
        begin = end + 1;
    }
    return out;
}

std::string target_of(const Call& call, const Endpoint& endpoint) {
    std::string target = endpoint.url.target;
    if (!target.ends_with('/')) target += '/';
    target += signing::percent_encoded(call.name.bucket);
    if (!call.is_of_bucket) target += '/' + encoded_key(call.name.key);
    signing::Query query;
    for (const auto& [name, value] : call.query) query.add(name, value);
    return call.query.empty() ? target : target + '?' + query.canonical();
}

}  // namespace

http::ClientRequest signed_request(const Call& call, const Endpoint& endpoint, const std::string& region,
                                   std::chrono::sys_seconds now) {
    http::ClientRequest request{
        .method = call.method, .url = endpoint.url, .headers = call.headers, .tls = endpoint.tls.get()};
    request.url.target = target_of(call, endpoint);
    request.headers.emplace_back("host", endpoint.url.host_header());
    protocol::Request to_sign{.method = request.method, .target = request.url.target};
    for (const auto& [name, value] : request.headers) to_sign.headers.push_back({name, value});
    auto added = signing::sign(to_sign, endpoint.key, signing::s3_target(region), now, signing::sha256(call.body));
    for (auto& [name, value] : added) request.headers.emplace_back(std::move(name), std::move(value));
    return request;
}

}  // namespace plocal::s3
