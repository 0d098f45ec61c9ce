// An encrypted connection, from its client's first byte on: how it begins, and how it ends, beside what connection.h
// does with any stream.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "server/wire/http/connection.h"

namespace plocal::http {

using TlsStream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

template <>
inline constexpr bool is_sent_in_records<TlsStream> = true;

/// Waits for a client's first byte, which stays where it is: whether it begins a handshake. A client that speaks plain
/// HTTP is told so, in plain HTTP.
boost::asio::awaitable<bool> begins_handshake(Connection<boost::asio::ip::tcp::socket>& connection);

/// Whether client and server have agreed on keys. Who breaks off is warned of, for he cannot say why by himself: most
/// often he does not know the authority.
boost::asio::awaitable<bool> shake_hands(Connection<TlsStream>& connection);

/// Waits for no answer.
boost::asio::awaitable<void> send_close_notify(Connection<TlsStream>& connection);

}  // namespace plocal::http
