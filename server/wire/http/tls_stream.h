// What an encrypted connection needs beyond connection.h: its beginning and its end. Used on the thread of the
// session's context.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "server/wire/http/connection.h"

namespace plocal::http {

using TlsStream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

template <>
inline constexpr bool is_sent_in_records<TlsStream> = true;

/// Waits for a client's first byte, and leaves it in the socket. Returns whether it begins a handshake. A client that
/// speaks plain HTTP gets a response that says so, in plain HTTP.
boost::asio::awaitable<bool> begins_handshake(Connection<boost::asio::ip::tcp::socket>& connection);

/// Returns whether the handshake succeeded. A failure is a warning with its reason, because clients often do not say
/// it: mostly they do not trust the CA.
boost::asio::awaitable<bool> shake_hands(Connection<TlsStream>& connection);

/// Does not wait for the peer's close_notify.
boost::asio::awaitable<void> send_close_notify(Connection<TlsStream>& connection);

}  // namespace plocal::http
