// Answers that are spoiled on purpose. Written for any stream, as connection.h is; what a stream carries over another
// ends without its own farewell.
#pragma once

#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/socket_base.hpp>

#include "server/wire/http/connection.h"

namespace plocal::http {

/// Closes the connection so that the peer sees it reset, whatever has not been read or sent by now.
template <class Stream>
void reset(Connection<Stream>& connection) {
    // A socket that is destroyed unclosed forgets that it was not to linger.
    boost::system::error_code works_without;
    bottom_of(connection.stream).set_option(boost::asio::socket_base::linger(true, 0), works_without);
    bottom_of(connection.stream).close(works_without);
}

/// Sends half of the answer, which says of itself that it is whole: all of the head and half of the body, or half of
/// the head where there is no body to send.
template <class Stream>
boost::asio::awaitable<void> send_half(Connection<Stream>& connection, const protocol::Response& response,
                                       bool keep_alive) {
    write_head(connection.head, response, keep_alive);
    std::string_view head = connection.head;
    const std::string_view body = body_to_send(connection, response);
    if (body.empty()) {
        head = head.substr(0, head.size() / 2);
    }
    co_await send(connection, head, body.substr(0, body.size() / 2));
}

/// Does what the answer's fault says, which must not be none. The connection is good for nothing afterwards but to be
/// closed; after a reset it is.
template <class Stream>
boost::asio::awaitable<void> send_faulty(Connection<Stream>& connection, const protocol::Response& response,
                                         bool keep_alive) {
    switch (response.disturbance.fault) {
        case protocol::Fault::none:
        case protocol::Fault::close:
            break;
        case protocol::Fault::reset:
            reset(connection);
            break;
        case protocol::Fault::truncate:
            co_await send_half(connection, response, keep_alive);
            break;
    }
}

}  // namespace plocal::http
