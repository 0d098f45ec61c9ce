// One connection as one coroutine: it reads a request, asks the handler, sends the response, and starts again. Neither
// a peer nor an exception of the handler ends more than its own connection.
#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/wire/http/request_handler.h"
#include "server/wire/http/session_group.h"
#include "server/wire/http/tls.h"

namespace plocal::http {

/// Serves a connection until it ends. To be spawned on the group's executor, which is the socket's too, after a call of
/// `group->expect_one()`. The handler must outlive the group's context.
boost::asio::awaitable<void> run_session(boost::asio::ip::tcp::socket socket, std::shared_ptr<SessionGroup> group,
                                         RequestHandler& handler);

/// The same for an encrypted connection.
boost::asio::awaitable<void> run_tls_session(boost::asio::ip::tcp::socket socket, std::shared_ptr<SessionGroup> group,
                                             RequestHandler& handler, std::shared_ptr<Tls> tls);

}  // namespace plocal::http
