// Sends responses that are there whole, and the faults that they may ask for, over any stream. Used on the thread of
// the session's context.
#pragma once

#include <cstddef>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "server/wire/http/connection.h"
#include "server/wire/http/response.h"

namespace plocal::http {

/// Whether the response to the current request has a body: neither its status nor the request's method forbids one.
template <class Stream>
bool sends_body(const Connection<Stream>& connection, const protocol::Response& response) {
    return may_have_body(response.status) && connection.reader.request().method != "HEAD";
}

template <class Stream>
std::string_view body_to_send(const Connection<Stream>& connection, const protocol::Response& response) {
    return sends_body(connection, response) ? std::string_view(response.body) : std::string_view();
}

/// Returns whether the whole response was sent.
template <class Stream>
boost::asio::awaitable<bool> send_response(Connection<Stream>& connection, const protocol::Response& response,
                                           bool keep_alive) {
    write_head(connection.head, response, keep_alive);
    std::string_view body = body_to_send(connection, response);
    constexpr std::size_t record_bytes = 16 * 1024;
    if (is_sent_in_records<Stream> && connection.head.size() + body.size() <= record_bytes) {
        connection.head += body;
        body = {};
    }
    return send(connection, connection.head, body);
}

/// Sends the head, which announces the whole body, and half of the body; half of the head if there is no body to send.
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

/// Does what the response's fault says, which must not be `none`. Afterwards the connection is closed, or can only be
/// closed. An encrypted stream ends without close_notify.
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
