#include "server/app/healthcheck.h"

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

#include "server/app/certificates.h"
#include "server/app/client_trust.h"
#include "server/base/problem.h"
#include "server/wire/http/client.h"

namespace plocal::app {
namespace {

using std::chrono::seconds;

constexpr std::string_view health_target = "/_local/health";
constexpr std::size_t most_bytes = 1 << 20;

http::Url url_of(const Options& options) {
    if (options.url.empty()) {
        if (options.port == 0) throw UsageError("healthcheck: with port 0 only --url can say where the server is");
        std::string host = options.hosts.empty() ? "127.0.0.1" : options.hosts.front();
        if (host == "0.0.0.0") host = "127.0.0.1";
        if (host == "::") host = "::1";
        return {.host = host, .port = std::to_string(options.port), .target = std::string(health_target)};
    }
    auto url = http::parse_url(options.url);
    if (!url) {
        throw UsageError("--url: " + base::mismatch("http://HOST:PORT or https://HOST:PORT", "'" + options.url + "'"));
    }
    if (url->target == "/") url->target = health_target;
    return *url;
}

}  // namespace

std::string fault_of_health(const Options& options) {
    const http::Url url = url_of(options);
    std::optional<http::ClientTls> tls;
    if (url.is_https) tls.emplace(client_trust(options, ca_files(options)));
    http::TextSink body(most_bytes);
    const http::ClientRequest request{.url = url, .tls = tls ? &*tls : nullptr};
    const http::ClientResult result =
        http::send_request_and_wait(request, body, {.connect = seconds(2), .silence = seconds(2), .whole = seconds(4)});
    if (const auto* const error = std::get_if<http::ClientError>(&result)) return error->text;
    const int status = std::get<http::ClientResponse>(result).status;
    if (status != 200) return url.endpoint() + " answers with status " + std::to_string(status);
    const bool is_ready = body.text().find(R"("ready":true)") != std::string::npos;
    return is_ready ? std::string() : url.endpoint() + " answers something else than that it is ready";
}

}  // namespace plocal::app
