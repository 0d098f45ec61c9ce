#include "server/service/s3/caller.h"

#include <algorithm>
#include <array>
#include <variant>

#include "server/service/s3/answers.h"
#include "server/service/s3/exchange.h"
#include "server/service/s3/store_errors.h"
#include "server/service/s3/xml.h"

namespace plocal::s3 {
namespace {

constexpr std::size_t most_answer_bytes = std::size_t{16} << 20U;
constexpr int first_of_success = 200;
constexpr int first_of_redirects = 300;

std::chrono::sys_seconds machine_time() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::variant<Answer, http::ClientError> attempt(const Call& call, const Endpoint& endpoint, const Access& access,
                                                const http::ClientLimits& limits) {
    Exchange exchange(signed_request(call, endpoint, access.region, machine_time()), call.body, limits, access);
    http::ClientResult head = exchange.head();
    if (auto* const error = std::get_if<http::ClientError>(&head)) return std::move(*error);
    Answer answer{std::get<http::ClientResponse>(std::move(head)), ""};
    for (;;) {
        const auto piece = exchange.next();
        if (const auto* const error = std::get_if<http::ClientError>(&piece)) return *error;
        const std::string_view text = std::get<std::string_view>(piece);
        if (text.empty()) return answer;
        if (answer.body.size() + text.size() > most_answer_bytes) {
            fail(call.name, endpoint.url.endpoint() + " answers with more than 16 MiB where S3 would be brief");
        }
        answer.body += text;
    }
}

/// Says of a key that was refused which one it was. It is no secret.
std::string advice_for(const std::string& code, const Endpoint& endpoint) {
    constexpr std::array of_key = {std::string_view("SignatureDoesNotMatch"), std::string_view("InvalidAccessKeyId"),
                                   std::string_view("AccessDenied"), std::string_view("InvalidToken"),
                                   std::string_view("ExpiredToken")};
    if (std::ranges::find(of_key, code) == of_key.end()) return "";
    return "; signed with the access key '" + endpoint.key.access_key +
           "' from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of this server";
}

}  // namespace

bool is_error(const Answer& answer, std::string& code) {
    const auto error = read_error(answer.body);
    if (error) code = error->code;
    const int status = answer.head.status;
    return status < first_of_success || status >= first_of_redirects || error.has_value();
}

void fail_with(const Answer& answer, const Call& call, const Endpoint& endpoint, const Patience& patience) {
    const auto error = read_error(answer.body);
    const std::string status = "HTTP " + std::to_string(answer.head.status) + " from " + endpoint.url.endpoint();
    const std::string tried = patience.attempts();
    std::string text = call.name.url() + ": ";
    if (error) {
        text += error->code + ": " + error->message + " (" + status + (tried.empty() ? "" : ", " + tried) + ")" +
                advice_for(error->code, endpoint);
    } else {
        text += status + (answer.body.empty() ? ", without a body" : ": " + one_line(answer.body));
        const std::string_view place = answer.head.header("location");
        if (!place.empty()) text += ", a redirect to " + one_line(place) + ", which is not followed";
        if (!tried.empty()) text += " (" + tried + ")";
    }
    throw AnsweredError(text, answer.head.status, error ? error->code : "", patience.has_retried());
}

void fail_with(const http::ClientError& error, const ObjectName& name, const Patience& patience) {
    const std::string tried = patience.attempts();
    fail(name, error.text + (tried.empty() ? "" : " (" + tried + ")"));
}

Answer Caller::call(const Call& call) const {
    Patience patience(endpoint_.silence);
    for (;;) {
        auto result = attempt(call, endpoint_, access_, patience.limits());
        if (const auto* const error = std::get_if<http::ClientError>(&result)) {
            if (!may_pass(error->kind) || !patience.wait(access_)) fail_with(*error, call.name, patience);
            continue;
        }
        Answer& answer = std::get<Answer>(result);
        std::string code;
        if (!is_error(answer, code)) return std::move(answer);
        if (!may_pass(answer.head.status, code) || !patience.wait(access_)) {
            fail_with(answer, call, endpoint_, patience);
        }
    }
}

void Caller::call_briefly(const Call& call, std::chrono::milliseconds limit) const {
    const auto end = std::chrono::steady_clock::now() + limit;
    const Access access{access_.region, [end] { return std::chrono::steady_clock::now() >= end; }};
    try {
        attempt(call, endpoint_, access, {.connect = limit, .silence = limit, .whole = limit});
    } catch (const StoreError&) {  // what cannot be said to the endpoint stays unsaid
    } catch (const Aborted&) {
    }
}

}  // namespace plocal::s3
