#include "server/wire/signing/sign.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/base/text.h"
#include "server/wire/signing/canonical_request.h"
#include "server/wire/signing/digest.h"
#include "server/wire/signing/signing_date.h"

namespace plocal::signing {
namespace {

constexpr std::array<std::string_view, 6> unsigned_headers = {"authorization",     "connection", "expect",
                                                              "transfer-encoding", "user-agent", "x-amzn-trace-id"};

/// The sorted names of the signed headers, with semicolons between them.
std::string signed_header_names(const protocol::Request& request) {
    std::vector<std::string> names;
    for (const protocol::RequestHeader& header : request.headers) {
        std::string name = base::lower(header.name);
        if (std::ranges::find(unsigned_headers, name) == unsigned_headers.end()) names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string joined;
    for (const std::string& name : names) joined += (joined.empty() ? "" : ";") + name;
    return joined;
}

/// What both forms of a signature have in common.
struct Signature {
    std::string date;
    std::string day;
    CredentialScope scope;  // into key, target and day

    Signature(const SigningKey& key, const SigningTarget& target, std::chrono::sys_seconds time)
        : date(basic_iso8601(time)),
          day(date.substr(0, 8)),
          scope{key.access_key, day, target.region, target.service, scope_terminator} {}
    Signature(const Signature&) = delete;
    Signature& operator=(const Signature&) = delete;

    std::string credential() const { return std::string(scope.access_key) + "/" + scope.text(); }
};

std::string hash_of(const protocol::Request& request, std::string_view payload_hash) {
    return payload_hash.empty() ? sha256(request.body) : std::string(payload_hash);
}

}  // namespace

SigningTarget s3_target(std::string region) {
    return {
        .region = std::move(region), .service = "s3", .path_rule = PathRule::as_sent, .announces_payload_hash = true};
}

std::vector<SignedHeader> sign(const protocol::Request& request, const SigningKey& key, const SigningTarget& target,
                               std::chrono::sys_seconds time, std::string_view payload_hash) {
    const Signature signature(key, target, time);
    const std::string hash = hash_of(request, payload_hash);
    std::vector<SignedHeader> added = {{"x-amz-date", signature.date}};
    if (!key.session_token.empty()) added.push_back({"x-amz-security-token", key.session_token});
    if (target.announces_payload_hash) added.push_back({"x-amz-content-sha256", hash});
    protocol::Request whole = request;
    for (const SignedHeader& header : added) whole.headers.push_back({header.name, header.value});
    const std::string names = signed_header_names(whole);
    const Query query(request.target);
    const std::string canonical = canonical_request(
        whole, {.path_rule = target.path_rule, .query = query, .signed_headers = names, .payload_hash = hash});
    const std::string digits =
        signature_of(key.secret, signature.scope, string_to_sign(time, signature.scope, canonical));
    added.push_back({"authorization", std::string(signing_algorithm) + " Credential=" + signature.credential() +
                                          ", SignedHeaders=" + names + ", Signature=" + digits});
    return added;
}

std::string presign(const protocol::Request& request, const SigningKey& key, const SigningTarget& target,
                    std::chrono::sys_seconds time, std::chrono::seconds expires, std::string_view payload_hash) {
    const Signature signature(key, target, time);
    const std::string names = signed_header_names(request);
    Query query(request.target);
    query.add("X-Amz-Algorithm", signing_algorithm);
    query.add("X-Amz-Credential", signature.credential());
    query.add("X-Amz-Date", signature.date);
    query.add("X-Amz-Expires", std::to_string(expires.count()));
    query.add("X-Amz-SignedHeaders", names);
    if (!key.session_token.empty()) query.add("X-Amz-Security-Token", key.session_token);
    const std::string hash = hash_of(request, payload_hash);
    const std::string canonical = canonical_request(
        request, {.path_rule = target.path_rule, .query = query, .signed_headers = names, .payload_hash = hash});
    query.add("X-Amz-Signature",
              signature_of(key.secret, signature.scope, string_to_sign(time, signature.scope, canonical)));
    return std::string(request.path()) + "?" + query.canonical();
}

}  // namespace plocal::signing
