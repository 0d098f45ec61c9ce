#include "server/wire/http/tls_stream.h"

#include <array>
#include <optional>
#include <string>
#include <tuple>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "server/wire/http/send_response.h"
#include "server/wire/http/tls.h"

namespace plocal::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

namespace {

constexpr char handshake_record = 0x16;

// Nothing if the client leaves or the server stops. A socket may be reported readable when it is not; then the wait is
// repeated.
awaitable<std::optional<char>> first_byte(Connection<tcp::socket>& connection) {
    char byte = 0;
    boost::system::error_code code;
    connection.stream.non_blocking(true, code);
    connection.deadline.idle_until(SessionGroup::Clock::now() + connection.group.limits().idle);
    for (std::size_t size = 0; !connection.group.is_stopping();) {
        std::tie(code) = co_await connection.stream.async_wait(tcp::socket::wait_read, as_code);
        if (!code) {
            size = connection.stream.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, code);
        }
        if (size == 1) {
            co_return byte;
        }
        if (code != asio::error::would_block) {
            co_return std::nullopt;
        }
    }
    co_return std::nullopt;
}

// For a client that has left or is too slow, OpenSSL's own text says less.
std::string failure_of(const boost::system::error_code& code, const Limits& limits) {
    if (code == asio::error::operation_aborted) {
        return "it took more than " + std::to_string(limits.head.count()) + " ms";
    }
    if (code == asio::ssl::error::stream_truncated || code == asio::error::eof) {
        return "the client left in the middle of it";
    }
    return reason_of(code);
}

std::string hint_for(const boost::system::error_code& code) {
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(code.value()));
    const bool is_untrusted = code.category() == asio::error::get_ssl_category() &&
                              (reason == SSL_R_TLSV1_ALERT_UNKNOWN_CA || reason == SSL_R_SSLV3_ALERT_BAD_CERTIFICATE ||
                               reason == SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN);
    return is_untrusted ? "; have the client trust the certificate's CA" : "";
}

}  // namespace

awaitable<bool> begins_handshake(Connection<tcp::socket>& connection) {
    const std::optional<char> first = co_await first_byte(connection);
    if (first && *first != handshake_record) {
        const protocol::Response refused =
            refusal(400, "This port speaks HTTPS, not HTTP: use https://, or the port of --port.");
        co_await send_response(connection, refused, false);
        co_await linger(connection);
    }
    co_return first == handshake_record;
}

awaitable<bool> shake_hands(Connection<TlsStream>& connection) {
    const Limits& limits = connection.group.limits();
    boost::system::error_code unknown;
    const std::string peer = bottom_of(connection.stream).remote_endpoint(unknown).address().to_string();
    connection.deadline.busy_until(SessionGroup::Clock::now() + limits.head);
    const auto [code] = co_await connection.stream.async_handshake(asio::ssl::stream_base::server, as_code);
    if (code && !connection.group.is_stopping()) {
        connection.group.warn("the TLS handshake with " + peer + " failed: " + failure_of(code, limits) +
                              hint_for(code));
    }
    co_return !code;
}

awaitable<void> send_close_notify(Connection<TlsStream>& connection) {
    // OpenSSL waits for the peer's close_notify unless it has come.
    SSL_set_shutdown(connection.stream.native_handle(), SSL_RECEIVED_SHUTDOWN);
    connection.deadline.busy_until(SessionGroup::Clock::now() + connection.group.limits().linger);
    co_await connection.stream.async_shutdown(as_code);
}

}  // namespace plocal::http
