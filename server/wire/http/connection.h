// What one session works with, and its steps on the wire. Written for any stream, so that an encrypted one takes the
// same path. Errors and passed deadlines are told apart by the caller's own question: is the lane stopping, and was
// a request under way?
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/wire/http/request_reader.h"
#include "server/wire/http/response_head.h"
#include "server/wire/http/session_group.h"

namespace plocal::http {

/// The socket that a stream is, or that carries it.
template <class Stream>
boost::asio::ip::tcp::socket& bottom_of(Stream& stream) {
    if constexpr (std::is_same_v<Stream, boost::asio::ip::tcp::socket>) {
        return stream;
    } else {
        return stream.next_layer();
    }
}

/// Whether each buffer that a stream is given becomes a record of its own, however small.
template <class Stream>
inline constexpr bool is_sent_in_records = false;

inline constexpr auto as_code = boost::asio::as_tuple(boost::asio::use_awaitable);

template <class Stream>
struct Connection {
    Connection(Stream its_stream, SessionGroup& its_group)
        : group(its_group),
          stream(std::move(its_stream)),
          deadline(its_group, bottom_of(stream)),
          reader(its_group.limits().header_bytes) {}

    SessionGroup& group;
    Stream stream;
    Deadline deadline;
    RequestReader reader;
    protocol::Response refusal;  // what to answer when a request is refused
    std::string head;            // of the answer; kept for its memory
};

/// Whether both texts, one after the other, were taken by the peer. Each part taken renews the deadline.
template <class Stream>
boost::asio::awaitable<bool> send(Connection<Stream>& connection, std::string_view first, std::string_view second) {
    while (!first.empty() || !second.empty()) {
        connection.deadline.busy_until(SessionGroup::Clock::now() + connection.group.limits().write);
        const std::array<boost::asio::const_buffer, 2> both = {boost::asio::buffer(first), boost::asio::buffer(second)};
        const auto [code, size] = co_await connection.stream.async_write_some(both, as_code);
        if (code) {
            co_return false;
        }
        const std::size_t of_first = std::min(size, first.size());
        first.remove_prefix(of_first);
        second.remove_prefix(size - of_first);
    }
    co_return true;
}

/// Empty where the status forbids a body, or the request does.
template <class Stream>
std::string_view body_to_send(const Connection<Stream>& connection, const protocol::Response& response) {
    const bool has_body = may_have_body(response.status) && connection.reader.request().method != "HEAD";
    return has_body ? std::string_view(response.body) : std::string_view();
}

/// Whether the answer went out whole.
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

/// An encrypted stream tells its peer that nothing more will come; a plain one has no word for it.
inline boost::asio::awaitable<void> send_close_notify(Connection<boost::asio::ip::tcp::socket>&) {
    co_return;
}

/// Ends the sending side, then reads and forgets what still comes, within the limits: a socket closed on unread bytes
/// resets the connection, and the peer may lose the answer.
template <class Stream>
boost::asio::awaitable<void> linger(Connection<Stream>& connection) {
    const Limits& limits = connection.group.limits();
    boost::system::error_code code;
    bottom_of(connection.stream).shutdown(boost::asio::ip::tcp::socket::shutdown_send, code);
    connection.deadline.busy_until(SessionGroup::Clock::now() + limits.linger);
    std::array<char, 8 * 1024> unwanted{};
    for (std::size_t seen_bytes = 0; !code && seen_bytes < limits.linger_bytes;) {
        std::size_t size = 0;
        std::tie(code, size) =
            co_await bottom_of(connection.stream).async_read_some(boost::asio::buffer(unwanted), as_code);
        seen_bytes += size;
    }
}

}  // namespace plocal::http
