#include "server/local/capture/failure.h"

#include <algorithm>
#include <array>

#include "server/base/json.h"
#include "server/base/text.h"

namespace plocal::capture {
namespace {

using base::Json;

// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
constexpr std::array<std::string_view, 14> passing_types = {"Throttling",
                                                            "ThrottlingException",
                                                            "ThrottledException",
                                                            "RequestThrottled",
                                                            "RequestThrottledException",
                                                            "RequestLimitExceeded",
                                                            "TooManyRequestsException",
                                                            "BandwidthLimitExceeded",
                                                            "PriorRequestNotComplete",
                                                            "SlowDown",
                                                            "EC2ThrottledException",
                                                            "TransactionInProgressException",
                                                            "RequestTimeout",
                                                            "RequestTimeoutException"};

// https://docs.aws.amazon.com/personalize/latest/dg/CommonErrors.html
constexpr std::array<std::string_view, 11> types_of_all_calls = {"ExpiredToken",
                                                                 "ExpiredTokenException",
                                                                 "IncompleteSignature",
                                                                 "IncompleteSignatureException",
                                                                 "InvalidClientTokenId",
                                                                 "InvalidSignatureException",
                                                                 "MissingAuthenticationToken",
                                                                 "MissingAuthenticationTokenException",
                                                                 "OptInRequired",
                                                                 "SubscriptionRequiredException",
                                                                 "UnrecognizedClientException"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Json parsed(std::string_view body) {
    try {
        return base::parse_json(body);
    } catch (const base::JsonError&) {
        return nullptr;
    }
}

/// Returns the name of the error without its namespace; "" for an answer that has none.
std::string_view type_in(const Json& answer) {
    const std::string* const given = base::text_member(answer, "__type");
    if (given == nullptr) return {};
    const std::string_view type = *given;
    return type.substr(type.find('#') == std::string_view::npos ? 0 : type.find('#') + 1);
}

/// Returns the message in one line: that of a wrong signature has several, with what was sent.
std::string message_in(const Json& answer) {
    for (const char* const member : {"message", "Message"}) {
        const std::string* const text = base::text_member(answer, member);
        if (text != nullptr) return text->substr(0, text->find_first_of("\r\n"));
    }
    return "";
}

}  // namespace

Failure read_failure(int status, std::string_view body) {
    const Json answer = parsed(body);
    const std::string_view type = type_in(answer);
    Failure failure;
    failure.text = type.empty() ? "HTTP status " + std::to_string(status) : std::string(type);
    const std::string message = message_in(answer);
    if (!message.empty()) failure.text += ": " + message;
    failure.may_pass = status >= 500 || status == 408 || status == 429 || is_one_of(passing_types, type);
    failure.is_of_all_calls = is_one_of(types_of_all_calls, type);
    failure.is_absence = type == "ResourceNotFoundException";
    return failure;
}

std::chrono::milliseconds pause_behind(int tries, double fraction) {
    constexpr double first_ms = 250;
    const double longest_ms = first_ms * static_cast<double>(1U << static_cast<unsigned>(tries - 1));
    return std::chrono::milliseconds(static_cast<int>(longest_ms * (1 + fraction) / 2));
}

std::string without_secrets(std::string text, std::span<const std::string> secrets) {
    constexpr std::string_view mask = "***";
    for (const std::string& secret : secrets) {
        if (secret.empty()) continue;
        for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + mask.size())) {
            text.replace(at, secret.size(), mask);
        }
    }
    return text;
}

}  // namespace plocal::capture
