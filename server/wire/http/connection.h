// The state of one session and its basic steps on the wire, for plain and encrypted streams alike. Errors are returned
// as codes, and operation_aborted stands for a passed deadline as well as for a stop: the caller asks the group which.
// Used on the thread of the session's context.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/socket_base.hpp>

#include "server/wire/http/request_reader.h"
#include "server/wire/http/session_group.h"
#include "server/wire/http/stream.h"

namespace plocal::http {

/// Whether the stream sends each buffer as a record of its own, however small.
template <class Stream>
inline constexpr bool is_sent_in_records = false;

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
    protocol::Response refusal;  // the response to a request that is refused
    std::string head;            // of the response; its memory is reused
};

/// Reads what the peer has sent. Returns no error if bytes have come. The caller sets the deadline.
template <class Stream>
boost::asio::awaitable<boost::system::error_code> read_more(Connection<Stream>& connection) {
    const auto [code, size] = co_await connection.stream.async_read_some(connection.reader.room(), as_code);
    connection.reader.commit(size);
    co_return code;
}

/// Sends the three texts, one after the other. Returns whether the peer has accepted them all. Each accepted part
/// renews the deadline.
template <class Stream>
boost::asio::awaitable<bool> send(Connection<Stream>& connection, std::string_view first, std::string_view second,
                                  std::string_view third = {}) {
    std::array<std::string_view, 3> parts = {first, second, third};
    while (!parts[0].empty() || !parts[1].empty() || !parts[2].empty()) {
        connection.deadline.busy_until(SessionGroup::Clock::now() + connection.group.limits().write);
        const std::array<boost::asio::const_buffer, 3> buffers = {
            boost::asio::buffer(parts[0]), boost::asio::buffer(parts[1]), boost::asio::buffer(parts[2])};
        auto [code, size] = co_await connection.stream.async_write_some(buffers, as_code);
        if (code) {
            co_return false;
        }
        for (std::string_view& part : parts) {
            const std::size_t of_part = std::min(size, part.size());
            part.remove_prefix(of_part);
            size -= of_part;
        }
    }
    co_return true;
}

/// Closes the connection so that the peer sees a reset, with or without unread and unsent bytes.
template <class Stream>
void reset(Connection<Stream>& connection) {
    // The destructor of a socket clears the linger option before it closes, so the socket is closed here.
    boost::system::error_code ignored;
    bottom_of(connection.stream).set_option(boost::asio::socket_base::linger(true, 0), ignored);
    bottom_of(connection.stream).close(ignored);
}

/// Tells the peer of an encrypted stream that nothing more will come. A plain stream has no such message.
inline boost::asio::awaitable<void> send_close_notify(Connection<boost::asio::ip::tcp::socket>&) {
    co_return;
}

/// Ends the sending side, then reads and drops input within the limits: closing a socket that has unread bytes resets
/// the connection, and the peer may lose the response.
template <class Stream>
boost::asio::awaitable<void> linger(Connection<Stream>& connection) {
    const Limits& limits = connection.group.limits();
    boost::system::error_code code;
    bottom_of(connection.stream).shutdown(boost::asio::ip::tcp::socket::shutdown_send, code);
    connection.deadline.busy_until(SessionGroup::Clock::now() + limits.linger);
    std::array<char, 8 * 1024> unwanted{};
    for (std::size_t dropped_bytes = 0; !code && dropped_bytes < limits.linger_bytes;) {
        std::size_t size = 0;
        std::tie(code, size) =
            co_await bottom_of(connection.stream).async_read_some(boost::asio::buffer(unwanted), as_code);
        dropped_bytes += size;
    }
}

}  // namespace plocal::http
