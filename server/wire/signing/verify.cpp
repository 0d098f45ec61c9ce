#include "server/wire/signing/verify.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "server/model/api_error.h"
#include "server/wire/protocol/identity.h"
#include "server/wire/signing/canonical_request.h"
#include "server/wire/signing/claim.h"
#include "server/wire/signing/digest.h"
#include "server/wire/signing/signing_date.h"

namespace plocal::signing {
namespace {

using model::ApiError;
using model::Evidence;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr seconds tolerance = std::chrono::minutes(15);

ApiError invalid_signature(std::string message, std::string why) {
    return {"InvalidSignatureException", std::move(message), std::move(why), Evidence::seen};
}

ApiError wrong_signature(std::string why, Evidence evidence) {
    return {
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        "Key and signing method. Consult the service documentation for details.",
        std::move(why), evidence};
}

ApiError invalid_token(std::string why) {
    return {"UnrecognizedClientException", "The security token included in the request is invalid.", std::move(why),
            Evidence::seen};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

/// "15 min.", "90 sec."
std::string duration_text(seconds span) {
    const auto count = span.count();
    return count % 60 == 0 ? std::to_string(count / 60) + " min." : std::to_string(count) + " sec.";
}

enum class Dated { past, valid, future };

Dated dated(const SignatureClaim& claim, sys_seconds now) {
    if (claim.date + claim.expires.value_or(tolerance) < now) return Dated::past;
    return claim.date > now + tolerance ? Dated::future : Dated::valid;
}

/// The date must be valid by one of the two clocks. The message of a refusal has the time of the service, which is also
/// in the Date header.
void check_date(const SignatureClaim& claim, const SigningTimes& times) {
    const sys_seconds machine = std::chrono::floor<seconds>(times.machine);
    const sys_seconds now = std::chrono::floor<seconds>(times.service);
    const Dated found = dated(claim, now);
    if (found == Dated::valid || dated(claim, machine) == Dated::valid) return;
    const std::string date = basic_iso8601(claim.date);
    const std::string why = "the signature's date fits neither the machine's clock, " + basic_iso8601(machine) +
                            ", nor the service's, " + basic_iso8601(now) + "; set the client's clock by one of them";
    if (found == Dated::future) {
        throw invalid_signature("Signature not yet current: " + date + " is still later than " +
                                    basic_iso8601(now + tolerance) + " (" + basic_iso8601(now) + " + " +
                                    duration_text(tolerance) + ")",
                                why);
    }
    const seconds span = claim.expires.value_or(tolerance);
    throw invalid_signature("Signature expired: " + date + " is now earlier than " + basic_iso8601(now - span) + " (" +
                                basic_iso8601(now) + " - " + duration_text(span) + ")",
                            why);
}

void check_algorithm(const std::string& algorithm) {
    if (algorithm == signing_algorithm) return;
    throw ApiError("IncompleteSignatureException",
                   "Unsupported AWS 'algorithm': '" + algorithm + "' (only AWS4-HMAC-SHA256 for now). ",
                   std::string(algorithm.starts_with("AWS4-ECDSA-")
                                   ? "the request is signed by Signature Version 4A, for many regions"
                                   : "the algorithm of the signature is unknown") +
                       "; sign it by AWS4-HMAC-SHA256",
                   Evidence::seen);
}

/// The five parts of a credential.
CredentialScope read_scope(std::string_view credential) {
    const std::vector<std::string_view> parts = split(credential, '/');
    if (parts.size() != 5) {
        throw ApiError("IncompleteSignatureException",
                       "Credential must have exactly 5 slash-delimited elements, e.g. "
                       "keyid/date/region/service/term, got '" +
                           std::string(credential) + "'",
                       "the credential has another number of parts than five, " + std::to_string(parts.size()),
                       Evidence::seen);
    }
    return {parts[0], parts[1], parts[2], parts[3], parts[4]};
}

void check_scope(const CredentialScope& scope, sys_seconds date, std::string_view service) {
    constexpr std::string_view region_letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const std::string moment = basic_iso8601(date);
    const std::string day = moment.substr(0, 8);
    std::string wrong;  // all that is wrong at once
    if (scope.region.empty() || scope.region.find_first_not_of(region_letters) != std::string_view::npos) {
        wrong += "Credential should be scoped to a valid region, not '" + std::string(scope.region) + "'. ";
    }
    if (scope.service != service) {
        wrong += "Credential should be scoped to correct service: '" + std::string(service) + "'. ";
    }
    if (scope.terminator != scope_terminator) {
        wrong += "Credential should be scoped with a valid terminator: 'aws4_request', not '" +
                 std::string(scope.terminator) + "'. ";
    }
    if (scope.date != day) {
        wrong += "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" +
                 std::string(scope.date) + "' != '" + day + "', from '" + moment + "'.";
    }
    if (wrong.empty()) return;
    throw invalid_signature(wrong, "the credential is for " + scope.text() + ", expected " + day + "/REGION/" +
                                       std::string(service) + "/" + std::string(scope_terminator));
}

const Credential& find_credential(const Credentials& credentials, std::string_view access_key, bool has_token) {
    const Credential* const credential = credentials.find(access_key);
    if (credential == nullptr) {
        throw invalid_token("no profile of --credentials has the access key id " + std::string(access_key));
    }
    if (!credential->session_token.empty() && !has_token) {
        throw invalid_token("profile '" + credential->profile +
                            "' has an aws_session_token, and the request bears none");
    }
    return *credential;
}

/// The hash of the body, or what stands for it. Throws ApiError if the request announces another one.
std::string payload_hash(std::string_view body, const SignatureClaim& claim, bool is_s3) {
    const std::string& announced = claim.payload_hash;
    if (announced == unsigned_payload) return announced;
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html: the body is unknown to the signer.
    if (is_s3 && claim.is_presigned && announced.empty()) return std::string(unsigned_payload);
    std::string hash = sha256(body);
    if (announced.empty() || announced == hash) return hash;
    if (announced.starts_with("STREAMING-"))
        throw wrong_signature("a body signed in chunks is for S3 alone; sign it whole", Evidence::inferred);
    throw wrong_signature(
        "x-amz-content-sha256 is not the body's hash, " + hash + "; the body is not the one that was signed",
        Evidence::inferred);
}

void check_signature(const protocol::Request& request, const SignatureClaim& claim, const CredentialScope& scope,
                     const Credential& credential) {
    const bool is_s3 = scope.service == "s3";
    const std::string hash = payload_hash(request.body, claim, is_s3);
    std::string canonical = canonical_request(request, {.path_rule = is_s3 ? PathRule::as_sent : PathRule::normalized,
                                                        .query = claim.query,
                                                        .signed_headers = claim.signed_headers,
                                                        .payload_hash = hash});
    const std::string signature = signature_of(credential.secret, scope, string_to_sign(claim.date, scope, canonical));
    if (is_same_secret(signature, claim.signature)) return;
    std::ranges::replace(canonical, '\n', '|');
    throw wrong_signature(
        "the secret of profile '" + credential.profile +
            "' gives another signature; check it, and the client's canonical request against (line ends "
            "as |) " +
            canonical,
        Evidence::seen);
}

/// A header that is named many times would make a very long text to sign from a short request.
void check_signed_headers(const SignatureClaim& claim) {
    std::vector<std::string_view> names = split(claim.signed_headers, ';');
    if (std::ranges::find(names, "host") == names.end()) {
        throw invalid_signature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
                                "SignedHeaders must name host");
    }
    std::ranges::sort(names);
    const auto twice = std::ranges::adjacent_find(names);
    if (twice != names.end())
        throw wrong_signature("SignedHeaders names " + std::string(*twice) + " twice", Evidence::inferred);
}

void check_session_token(const SignatureClaim& claim, const Credential& credential) {
    if (is_same_secret(claim.session_token, credential.session_token)) return;
    throw invalid_token("the session token is not the one of profile '" + credential.profile + "'" +
                        (credential.session_token.empty() ? ", which has none" : ""));
}

/// `identify` reads more leniently than `read_claim`; both must find the same credential.
void check_identity(const protocol::Request& request, const CredentialScope& scope) {
    const protocol::Identity identity = protocol::identify(request);
    if (identity.access_key == scope.access_key && identity.region == scope.region) return;
    throw wrong_signature("the request names two credentials; leave the one that it is signed by", Evidence::inferred);
}

void check(const protocol::Request& request, const Credentials& credentials, const SigningTimes& now,
           std::string_view service) {
    const SignatureClaim claim = read_claim(request);
    check_date(claim, now);
    check_signed_headers(claim);
    check_algorithm(claim.algorithm);
    const CredentialScope scope = read_scope(claim.credential);
    check_scope(scope, claim.date, service);
    const Credential& credential = find_credential(credentials, scope.access_key, !claim.session_token.empty());
    check_signature(request, claim, scope, credential);
    check_session_token(claim, credential);
    check_identity(request, scope);
}

}  // namespace

void verify_signature(const protocol::Request& request, const Credentials& credentials, const SigningTimes& now,
                      const SigningTerms& terms) {
    try {
        check(request, credentials, now, terms.service);
    } catch (const ApiError& error) {
        throw ApiError(error.name(), error.message(), error.why(), error.evidence(), terms.refused_with);
    }
}

}  // namespace plocal::signing
