#include "server/http/tls_stream.h"

#include <array>
#include <optional>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "server/http/refusal.h"
#include "server/http/tls.h"

namespace plocal::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

namespace {

constexpr char handshake_record = 0x16;

// What the client will say first, left where it is; nothing if it leaves, or the server does.
awaitable<std::optional<char>> first_byte(Connection<TlsStream>& connection) {
    tcp::socket& socket = bottom_of(connection.stream);
    if (connection.lane.is_stopping()) {
        co_return std::nullopt;
    }
    connection.watch.idle_until(Lane::Clock::now() + connection.lane.limits().idle);
    const auto [code] = co_await socket.async_wait(tcp::socket::wait_read, as_code);
    if (code) {
        co_return std::nullopt;
    }
    char byte = 0;
    boost::system::error_code ended;
    const std::size_t size = socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, ended);
    co_return size == 1 && !ended ? std::optional(byte) : std::nullopt;
}

awaitable<void> refuse_plain(Connection<TlsStream>& connection) {
    const protocol::Response refused =
        refusal(400, "This port speaks HTTPS, not HTTP: use https://, or the port of --port.");
    write_head(connection.head, refused, false);
    connection.head += refused.body;
    connection.watch.busy_until(Lane::Clock::now() + connection.lane.limits().write);
    co_await bottom_of(connection.stream).async_write_some(asio::buffer(connection.head), as_code);
    co_await linger(connection);
}

std::string hint_for(const boost::system::error_code& code) {
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(code.value()));
    const bool is_distrust = code.category() == asio::error::get_ssl_category() &&
                             (reason == SSL_R_TLSV1_ALERT_UNKNOWN_CA || reason == SSL_R_SSLV3_ALERT_BAD_CERTIFICATE ||
                              reason == SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN);
    return is_distrust ? "; the client has to be told to trust the certificate's CA" : "";
}

}  // namespace

awaitable<bool> shake_hands(Connection<TlsStream>& connection) {
    const std::optional<char> first = co_await first_byte(connection);
    if (!first) {
        co_return false;
    }
    if (*first != handshake_record) {
        co_await refuse_plain(connection);
        co_return false;
    }
    connection.watch.busy_until(Lane::Clock::now() + connection.lane.limits().head);
    const auto [code] = co_await connection.stream.async_handshake(asio::ssl::stream_base::server, as_code);
    if (code && !connection.lane.is_stopping()) {
        connection.lane.warn("a client's TLS handshake failed: " + reason_of(code) + hint_for(code));
    }
    co_return !code;
}

awaitable<void> say_farewell(Connection<TlsStream>& connection) {
    // As if the peer's own farewell had come: else OpenSSL would wait for it.
    SSL_set_shutdown(connection.stream.native_handle(), SSL_RECEIVED_SHUTDOWN);
    connection.watch.busy_until(Lane::Clock::now() + connection.lane.limits().linger);
    co_await connection.stream.async_shutdown(as_code);
}

}  // namespace plocal::http
