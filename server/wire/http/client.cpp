#include "server/wire/http/client.h"

#include <stdexcept>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_future.hpp>

#include "server/wire/http/client_connect.h"
#include "server/wire/http/client_exchange.h"

namespace plocal::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

awaitable<ClientResult> send_request(ClientRequest request, ResponseSink& sink, ClientLimits limits) {
    if (request.url.is_https && request.tls == nullptr) throw std::invalid_argument("an https URL needs ClientTls");
    ClientDeadline deadline(co_await asio::this_coro::executor, limits.whole);
    try {
        tcp::socket socket(co_await asio::this_coro::executor);
        co_await connect(socket, request.url, limits, deadline);
        if (!request.url.is_https) {
            ClientExchange<tcp::socket> exchange{socket, request, limits, deadline};
            co_return co_await exchange.run(sink);
        }
        asio::ssl::stream<tcp::socket> stream(std::move(socket), request.tls->context());
        co_await shake_hands(stream, request, limits, deadline);
        ClientExchange<asio::ssl::stream<tcp::socket>> exchange{stream, request, limits, deadline};
        co_return co_await exchange.run(sink);
    } catch (const ClientFailure& failure) {
        co_return failure.error();
    }
}

ClientResult send_request_and_wait(const ClientRequest& request, ResponseSink& sink, const ClientLimits& limits) {
    asio::io_context context(1);
    auto result = asio::co_spawn(context, send_request(request, sink, limits), asio::use_future);
    context.run();
    return result.get();
}

}  // namespace plocal::http
