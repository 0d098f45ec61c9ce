// One connection as one coroutine: read a request, have it answered, write the answer, next request.
#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/wire/http/request_handler.h"
#include "server/wire/http/session_group.h"
#include "server/wire/http/tls.h"

namespace plocal::http {

/// Serves a connection to its end. To be spawned on the lane's executor, which is the socket's too, after the lane
/// was told to expect one. Nothing that a peer sends, and nothing that the exchange throws, ends more than this
/// connection. The exchange outlives the lane's context.
boost::asio::awaitable<void> run_session(boost::asio::ip::tcp::socket socket, std::shared_ptr<SessionGroup> group,
                                         RequestHandler& handler);

/// The same encrypted.
boost::asio::awaitable<void> run_tls_session(boost::asio::ip::tcp::socket socket, std::shared_ptr<SessionGroup> group,
                                             RequestHandler& handler, std::shared_ptr<Tls> tls);

}  // namespace plocal::http
