// An encrypted connection, from its client's first byte on: how it begins, and how it ends, beside what connection.h
// does with any stream.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "server/http/connection.h"

namespace plocal::http {

using TlsStream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

template <>
inline constexpr bool is_sent_in_records<TlsStream> = true;

/// Whether client and server have agreed on keys. A client that speaks plain HTTP is told so, in plain HTTP; one that
/// breaks off is warned of, for it cannot say why by itself: most often it does not know the authority.
boost::asio::awaitable<bool> shake_hands(Connection<TlsStream>& connection);

/// Waits for no answer.
boost::asio::awaitable<void> say_farewell(Connection<TlsStream>& connection);

}  // namespace plocal::http
