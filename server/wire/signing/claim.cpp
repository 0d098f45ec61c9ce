#include "server/wire/signing/claim.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/wire/signing/signing_date.h"

namespace plocal::signing {
namespace {

using model::ApiError;
using model::Evidence;

ApiError incomplete(std::string message, std::string why, Evidence evidence = Evidence::seen) {
    return {"IncompleteSignatureException", std::move(message), std::move(why), evidence};
}

ApiError not_signed(std::string why) {
    return {"MissingAuthenticationTokenException", "Missing Authentication Token", std::move(why), Evidence::seen};
}

ApiError unreadable_date(std::string_view found) {
    return incomplete("Date must be in ISO-8601 'basic format'. Got '" + std::string(found) +
                          "'. See http://en.wikipedia.org/wiki/ISO_8601",
                      "the date of the signature cannot be read; write it as 20150830T123600Z");
}

/// Reads `Credential=..., SignedHeaders=..., Signature=...` with commas, blanks or both between the parts.
void read_authorization(std::string_view header, SignatureClaim& claim) {
    constexpr std::string_view separators = ", \t";
    claim.algorithm = header.substr(0, header.find_first_of(" \t"));
    std::string_view text = header.substr(claim.algorithm.size());
    for (;;) {
        text.remove_prefix(std::min(text.find_first_not_of(separators), text.size()));
        if (text.empty()) return;
        const std::string_view part = text.substr(0, text.find_first_of(separators));
        text.remove_prefix(part.size());
        const std::size_t sign = part.find('=');
        if (sign == std::string_view::npos) {
            throw incomplete("'" + std::string(part) +
                                 "' not a valid key=value pair (missing equal-sign) in Authorization header: '" +
                                 std::string(header) + "'.",
                             "the Authorization header has a part without an equal sign");
        }
        const std::string_view name = part.substr(0, sign);
        if (name == "Credential") claim.credential = part.substr(sign + 1);
        if (name == "SignedHeaders") claim.signed_headers = part.substr(sign + 1);
        if (name == "Signature") claim.signature = part.substr(sign + 1);
    }
}

/// Throws ApiError with a list of all that is missing.
void require_complete(const SignatureClaim& claim, std::string_view header, std::string_view date) {
    std::string missing;
    for (const auto& [name, value] : {std::pair{"Credential", &claim.credential},
                                      {"Signature", &claim.signature},
                                      {"SignedHeaders", &claim.signed_headers}}) {
        if (value->empty()) missing += "Authorization header requires '" + std::string(name) + "' parameter. ";
    }
    if (date.empty()) {
        missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    }
    if (missing.empty()) return;
    throw incomplete(missing + "Authorization=" + std::string(header), "the signature lacks what its message lists");
}

void read_header(const protocol::Request& request, std::string_view header, SignatureClaim& claim) {
    read_authorization(header, claim);
    const std::string_view own_date = request.header("x-amz-date");
    const std::string_view date = own_date.empty() ? request.header("date") : own_date;
    require_complete(claim, header, date);
    auto moment = parse_basic_iso8601(date);
    if (!moment && own_date.empty()) moment = parse_http_date(date);
    if (!moment) throw unreadable_date(date);
    claim.date = *moment;
    const std::string_view token = request.header("x-amz-security-token");
    claim.session_token = token.empty() ? claim.query.value("X-Amz-Security-Token") : token;
}

std::chrono::seconds read_expires(std::string_view text) {
    constexpr unsigned week = 604800;
    const auto seconds = base::parse_number<unsigned>(text);
    if (seconds && *seconds >= 1 && *seconds <= week) return std::chrono::seconds(*seconds);
    const bool is_negative = text.starts_with('-');
    const std::string_view digits = text.substr(is_negative ? 1 : 0);
    std::string message;
    if (digits.empty() || !std::ranges::all_of(digits, base::is_digit)) {
        message = "X-Amz-Expires should be a number";
    } else if (is_negative || seconds == 0U) {
        message = "X-Amz-Expires must be non-negative";
    } else {
        message =
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
            "604800 seconds";
    }
    throw incomplete(std::move(message), "X-Amz-Expires must be 1 to 604800 seconds; the message is S3's",
                     Evidence::inferred);
}

void read_url(SignatureClaim& claim) {
    Query& query = claim.query;
    std::string missing;
    for (const std::string_view name :
         {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"}) {
        if (query.value(name).empty()) {
            missing += "AWS query-string parameters must include '" + std::string(name) + "'. ";
        }
    }
    if (!missing.empty()) {
        throw incomplete(missing + "Re-examine the query-string parameters.",
                         "the signature lacks what its message lists");
    }
    claim.is_presigned = true;
    claim.algorithm = query.value("X-Amz-Algorithm");
    claim.credential = query.value("X-Amz-Credential");
    claim.signed_headers = query.value("X-Amz-SignedHeaders");
    claim.signature = query.value("X-Amz-Signature");
    claim.session_token = query.value("X-Amz-Security-Token");
    const std::string_view date = query.value("X-Amz-Date");
    const auto moment = parse_basic_iso8601(date);
    if (!moment) throw unreadable_date(date);
    claim.date = *moment;
    if (const auto text = query.find("X-Amz-Expires")) claim.expires = read_expires(*text);
    query.remove("X-Amz-Signature");
}

std::string announced_payload_hash(const protocol::Request& request, const Query& query) {
    std::string_view hash = request.header("x-amz-content-sha256");
    for (const std::string_view name : {"X-Amz-Content-Sha256", "x-amz-content-sha256"}) {
        if (hash.empty()) hash = query.value(name);
    }
    return std::string(hash);
}

}  // namespace

SignatureClaim read_claim(const protocol::Request& request) {
    SignatureClaim claim{.query = Query(request.target)};
    const std::string_view header = request.header("authorization");
    const bool is_presigned = claim.query.find("X-Amz-Algorithm").has_value();
    if (!header.empty() && is_presigned) {
        throw ApiError("InvalidSignatureException",
                       "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
                       "the request is signed twice; take one of the two signatures away", Evidence::seen);
    }
    claim.payload_hash = announced_payload_hash(request, claim.query);
    if (is_presigned) {
        read_url(claim);
    } else if (header.starts_with("AWS4-")) {
        read_header(request, header, claim);
    } else if (header.starts_with("AWS ") || claim.query.find("AWSAccessKeyId")) {
        throw not_signed("the request is signed by Signature Version 2; sign it by version 4");
    } else if (!header.empty()) {
        throw not_signed("the Authorization header is not one of Signature Version 4, AWS4-HMAC-SHA256");
    } else {
        throw not_signed("the request is not signed, and --auth is sigv4; sign it by a key of --credentials");
    }
    return claim;
}

}  // namespace plocal::signing
