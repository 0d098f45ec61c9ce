// Requests that tests sign by hand, and what the verifier says about them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/model/api_error.h"
#include "server/wire/protocol/message.h"
#include "server/wire/signing/canonical_request.h"
#include "server/wire/signing/credentials.h"
#include "server/wire/signing/digest.h"
#include "server/wire/signing/verify.h"

namespace plocal::signing {

using protocol::Request;

inline const std::string example_key = "AKIDEXAMPLE";
inline const std::string example_secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
inline const std::string example_date = "20150830T123600Z";

/// The moment of `example_date`.
inline constexpr std::chrono::sys_seconds example_moment{std::chrono::sys_days(std::chrono::year(2015) / 8 / 30) +
                                                         std::chrono::hours(12) + std::chrono::minutes(36)};

/// A request that owns its texts, so that a test can change each of them.
struct RequestDraft {
    std::string method = "POST";
    std::string target = "/";
    std::vector<std::pair<std::string, std::string>> headers = {{"Host", "localhost:7377"},
                                                                {"X-Amz-Date", example_date}};
    std::string body = "{}";

    Request request() const {
        Request request{.method = method, .target = target, .headers = {}, .body = body};
        for (const auto& [name, value] : headers) request.headers.push_back({name, value});
        return request;
    }

    std::string& header(std::string_view name) {
        const auto found =
            std::find_if(headers.begin(), headers.end(), [name](auto& each) { return each.first == name; });
        return found == headers.end() ? headers.emplace_back(name, "").second : found->second;
    }

    void drop(std::string_view name) {
        std::erase_if(headers, [name](const auto& each) { return each.first == name; });
    }
};

/// Makes signatures from freely chosen parts, also wrong ones.
struct Signer {
    std::string key = example_key;
    std::string secret = example_secret;
    std::string date = example_date;
    std::string scope = "20150830/us-east-1/personalize/aws4_request";
    std::string algorithm = "AWS4-HMAC-SHA256";
    std::string signed_headers = "host;x-amz-date";
    std::string payload_hash;  // empty for the hash of the body
    PathRule path_rule = PathRule::normalized;

    /// The signature of a request as it stands.
    std::string signature_for(const RequestDraft& draft) const {
        std::vector<std::string> parts(1);
        for (const char letter : scope) {
            if (letter == '/') {
                parts.emplace_back();
            } else {
                parts.back() += letter;
            }
        }
        parts.resize(std::max<std::size_t>(parts.size(), 4));
        const std::string hash = payload_hash.empty() ? sha256(draft.body) : payload_hash;
        const Query query(draft.target);
        const std::string canonical = canonical_request(
            draft.request(),
            {.path_rule = path_rule, .query = query, .signed_headers = signed_headers, .payload_hash = hash});
        return signature_of(secret, {key, parts[0], parts[1], parts[2], parts[3]},
                            algorithm + "\n" + date + "\n" + scope + "\n" + sha256(canonical));
    }

    /// Signs in the Authorization header.
    RequestDraft sign(RequestDraft draft = {}) const {
        draft.header("Authorization") = algorithm + " Credential=" + key + "/" + scope +
                                        ", SignedHeaders=" + signed_headers + ", Signature=" + signature_for(draft);
        return draft;
    }

    /// Signs in the URL, with `more` parameters in it.
    RequestDraft presign(const std::string& more = "&X-Amz-Expires=3600", RequestDraft draft = {}) const {
        draft.drop("X-Amz-Date");
        draft.target += draft.target.find('?') == std::string::npos ? "?" : "&";
        draft.target += "X-Amz-Algorithm=" + algorithm + "&X-Amz-Credential=" + key + "/" + scope +
                        "&X-Amz-Date=" + date + more + "&X-Amz-SignedHeaders=" + signed_headers;
        draft.target += "&X-Amz-Signature=" + signature_for(draft);
        return draft;
    }
};

/// For URLs, which have no header with a date.
inline Signer url_signer() {
    Signer signer;
    signer.signed_headers = "host";
    return signer;
}

inline Credentials credentials_of(const std::string& key, const std::string& secret, const std::string& token = {}) {
    std::map<std::string, Credential, std::less<>> by_key;
    by_key[key] = {secret, token, "ci"};
    return Credentials(std::move(by_key));
}

inline SigningTimes at(std::chrono::sys_time<std::chrono::milliseconds> moment) {
    return {moment, moment};
}

inline const Credentials example_credentials = credentials_of(example_key, example_secret);

/// "accepted", or "STATUS NAME: MESSAGE". Writes the reason to `why`, if there is one.
inline std::string verdict(const Request& request, const Credentials& credentials, const SigningTimes& now,
                           const SigningTerms& terms = {}, std::string* why = nullptr) {
    try {
        verify_signature(request, credentials, now, terms);
        return "accepted";
    } catch (const model::ApiError& error) {
        if (why != nullptr) *why = error.why();
        return std::to_string(error.status()) + " " + error.name() + ": " + error.message();
    }
}

inline std::string verdict(const RequestDraft& draft, const Credentials& credentials = example_credentials,
                           const SigningTimes& now = at(example_moment)) {
    return verdict(draft.request(), credentials, now);
}

}  // namespace plocal::signing
