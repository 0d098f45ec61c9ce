#include "server/app/capture_client.h"

#include <chrono>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/app/engine/version.h"
#include "server/wire/http/client.h"
#include "server/wire/protocol/message.h"

namespace plocal::app {
namespace {

namespace asio = boost::asio;
using capture::Failure;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_answer_bytes = 64 * 1024 * 1024;

/// The headers of a call, with its signature.
Headers signed_headers(const http::Url& url, const std::string& operation, const std::string& input,
                       const signing::SigningKey& key, const signing::SigningTarget& target) {
    Headers headers = {{"host", url.host_header()},
                       {"content-type", "application/x-amz-json-1.1"},
                       {"x-amz-target", "AmazonPersonalize." + operation},
                       {"user-agent", "personalize-local/" + engine::version()}};
    protocol::Request request{.method = "POST", .target = url.target, .headers = {}, .body = input};
    for (const auto& [name, value] : headers) request.headers.push_back({name, value});
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (signing::SignedHeader& header : signing::sign(request, key, target, now)) {
        headers.emplace_back(std::move(header.name), std::move(header.value));
    }
    return headers;
}

Failure failure_of(const http::ClientError& error) {
    using Kind = http::ClientError::Kind;
    const bool is_refused = error.kind == Kind::untrusted || error.kind == Kind::no_tls;
    const bool is_of_server = is_refused || error.kind == Kind::unresolved || error.kind == Kind::not_connected;
    return {.text = error.text, .may_pass = !is_refused, .is_of_all_calls = is_of_server};
}

/// Reads an answer. Something else than JSON comes from another server, and may do so once.
CaptureClient::Result read_answer(int status, const std::string& body) {
    if (status != 200) return capture::read_failure(status, body);
    try {
        return base::parse_json(body);
    } catch (const base::JsonError& error) {
        return Failure{.text = std::string("the answer is not JSON: ") + error.what(), .may_pass = true};
    }
}

}  // namespace

CaptureClient::CaptureClient(http::Url url, std::string region, signing::SigningKey key, http::ClientTls* tls)
    : url_(std::move(url)),
      target_{.region = std::move(region), .service = "personalize"},
      key_(std::move(key)),
      tls_(tls),
      secrets_{key_.secret, key_.session_token} {}

asio::awaitable<CaptureClient::Result> CaptureClient::call(std::string operation, std::string input) {
    for (int tries = 1;; ++tries) {
        Result result = co_await try_once(operation, input);
        auto* const failure = std::get_if<Failure>(&result);
        if (failure == nullptr) co_return result;
        if (!failure->may_pass || tries == capture::most_tries) {
            failure->text = capture::without_secrets(std::move(failure->text), secrets_);
            if (tries > 1) failure->text += " (" + std::to_string(tries) + " tries)";
            co_return result;
        }
        const double fraction = std::uniform_real_distribution<double>(0, 1)(random_);
        asio::steady_timer timer(co_await asio::this_coro::executor, capture::pause_behind(tries, fraction));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<CaptureClient::Result> CaptureClient::try_once(const std::string& operation, const std::string& input) {
    http::TextSource body(input);
    http::TextSink answer(most_answer_bytes);
    http::ClientRequest request;
    request.method = "POST";
    request.url = url_;
    request.headers = signed_headers(url_, operation, input, key_, target_);
    request.body = &body;
    request.tls = tls_;
    const http::ClientResult result = co_await http::send_request(std::move(request), answer);
    if (const auto* const error = std::get_if<http::ClientError>(&result)) co_return failure_of(*error);
    co_return read_answer(std::get<http::ClientResponse>(result).status, answer.text());
}

}  // namespace plocal::app
