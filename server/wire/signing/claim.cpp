#include "server/wire/signing/claim.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

#include "server/model/api_error.h"

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

/// The number that `text` writes in digits alone; -1 for any other text.
int digits_of(std::string_view text) {
    int value = 0;
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? value : -1;
}

/// A day with its time as `HH<between>MM<between>SS`.
std::optional<std::chrono::sys_seconds> moment_of(int year, int month, int day, std::string_view time,
                                                  std::size_t step) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    const int h = digits_of(time.substr(0, 2));
    const int m = digits_of(time.substr(step, 2));
    const int s = digits_of(time.substr(2 * step, 2));
    const bool is_time = h >= 0 && h <= 23 && m >= 0 && m <= 59 && s >= 0 && s <= 59;
    if (year < 0 || month < 0 || day < 0 || !date.ok() || !is_time) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(h) + std::chrono::minutes(m) + std::chrono::seconds(s);
}

/// `20150830T123600Z`
std::optional<std::chrono::sys_seconds> parse_basic_iso8601(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    return moment_of(digits_of(text.substr(0, 4)), digits_of(text.substr(4, 2)), digits_of(text.substr(6, 2)),
                     text.substr(9, 6), 2);
}

/// `Sun, 30 Aug 2015 12:36:00 GMT`
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 29 || !text.ends_with(" GMT") || text[19] != ':' || text[22] != ':') return std::nullopt;
    const std::size_t month = months.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
    return moment_of(digits_of(text.substr(12, 4)), static_cast<int>(month / 3) + 1, digits_of(text.substr(5, 2)),
                     text.substr(17, 8), 3);
}

ApiError no_date(std::string_view found) {
    return incomplete("Date must be in ISO-8601 'basic format'. Got '" + std::string(found) +
                          "'. See http://en.wikipedia.org/wiki/ISO_8601",
                      "the date of the signature cannot be read; write it as 20150830T123600Z");
}

/// Reads `Credential=..., SignedHeaders=..., Signature=...`, which commas, blanks or both may stand between.
void read_authorization(std::string_view header, SignatureClaim& claim) {
    constexpr std::string_view between = ", \t";
    claim.algorithm = header.substr(0, header.find_first_of(" \t"));
    std::string_view rest = header.substr(claim.algorithm.size());
    for (;;) {
        rest.remove_prefix(std::min(rest.find_first_not_of(between), rest.size()));
        if (rest.empty()) return;
        const std::string_view part = rest.substr(0, rest.find_first_of(between));
        rest.remove_prefix(part.size());
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

SignatureClaim read_header(const protocol::Request& request, std::string_view header,
                           const std::vector<QueryParameter>& query) {
    SignatureClaim claim;
    read_authorization(header, claim);
    const std::string_view own_date = request.header("x-amz-date");
    const std::string_view date = own_date.empty() ? request.header("date") : own_date;
    std::string missing;
    for (const auto& [name, value] : {std::pair{"Credential", &claim.credential},
                                      {"Signature", &claim.signature},
                                      {"SignedHeaders", &claim.signed_headers}}) {
        if (value->empty()) missing += "Authorization header requires '" + std::string(name) + "' parameter. ";
    }
    if (date.empty()) {
        missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    }
    if (!missing.empty()) {
        throw incomplete(missing + "Authorization=" + std::string(header),
                         "the signature lacks what its message lists");
    }
    auto moment = parse_basic_iso8601(date);
    if (!moment && own_date.empty()) moment = parse_http_date(date);
    if (!moment) throw no_date(date);
    claim.date = *moment;
    const std::string_view token = request.header("x-amz-security-token");
    claim.session_token = token.empty() ? parameter(query, "X-Amz-Security-Token") : token;
    return claim;
}

std::chrono::seconds read_expires(std::string_view text) {
    constexpr int week = 604800;
    const int seconds = digits_of(text);
    if (seconds >= 1 && seconds <= week) return std::chrono::seconds(seconds);
    const bool is_negative = text.starts_with('-');
    const std::string_view digits = text.substr(is_negative ? 1 : 0);
    std::string message;
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
        message = "X-Amz-Expires should be a number";
    } else if (is_negative || seconds == 0) {
        message = "X-Amz-Expires must be non-negative";
    } else {
        message =
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
            "604800 seconds";
    }
    throw incomplete(std::move(message), "X-Amz-Expires must be 1 to 604800 seconds; the message is S3's",
                     Evidence::inferred);
}

SignatureClaim read_url(const std::vector<QueryParameter>& query) {
    std::string missing;
    for (const std::string_view name :
         {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"}) {
        if (parameter(query, name).empty()) {
            missing += "AWS query-string parameters must include '" + std::string(name) + "'. ";
        }
    }
    if (!missing.empty()) {
        throw incomplete(missing + "Re-examine the query-string parameters.",
                         "the signature lacks what its message lists");
    }
    SignatureClaim claim;
    claim.is_presigned = true;
    claim.algorithm = parameter(query, "X-Amz-Algorithm");
    claim.credential = parameter(query, "X-Amz-Credential");
    claim.signed_headers = parameter(query, "X-Amz-SignedHeaders");
    claim.signature = parameter(query, "X-Amz-Signature");
    claim.session_token = parameter(query, "X-Amz-Security-Token");
    const std::string_view date = parameter(query, "X-Amz-Date");
    const auto moment = parse_basic_iso8601(date);
    if (!moment) throw no_date(date);
    claim.date = *moment;
    if (const auto text = find_parameter(query, "X-Amz-Expires")) claim.expires = read_expires(*text);
    return claim;
}

}  // namespace

SignatureClaim read_claim(const protocol::Request& request, const std::vector<QueryParameter>& query) {
    const std::string_view header = request.header("authorization");
    const bool is_presigned = find_parameter(query, "X-Amz-Algorithm").has_value();
    if (!header.empty() && is_presigned) {
        throw ApiError("InvalidSignatureException",
                       "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
                       "the request is signed twice; take one of the two signatures away", Evidence::seen);
    }
    if (is_presigned) return read_url(query);
    if (header.starts_with("AWS4-")) return read_header(request, header, query);
    const bool is_version_2 = header.starts_with("AWS ") || find_parameter(query, "AWSAccessKeyId").has_value();
    if (is_version_2) throw not_signed("the request is signed by Signature Version 2; sign it by version 4");
    if (!header.empty())
        throw not_signed("the Authorization header is not one of Signature Version 4, AWS4-HMAC-SHA256");
    throw not_signed("the request is not signed, and --auth is sigv4; sign it by a key of --credentials");
}

std::string basic_iso8601(std::chrono::sys_seconds moment) {
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(moment - day);
    std::array<char, 40> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ",
                                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                   static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                                   static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace plocal::signing
