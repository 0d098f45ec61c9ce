// Reads the requests of a connection, for any stream: the head and, where it is wanted whole, the body. Used on the
// thread of the session's context.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "server/wire/http/connection.h"
#include "server/wire/http/request_handler.h"
#include "server/wire/http/response.h"

namespace plocal::http {

/// What became of a request: it is there, it is to be answered with `connection.refusal`, or there is nothing to
/// answer.
enum class Received { complete, refused, ended };

/// The deadlines of a request. They count from its first byte, but the clock is read only when more bytes are needed:
/// most requests come in one piece.
class DueTimes {
public:
    explicit DueTimes(const Limits& limits) : limits_(limits) {}

    SessionGroup::Clock::time_point head() { return first_byte() + std::min(limits_.head, limits_.message); }
    SessionGroup::Clock::time_point message() { return first_byte() + limits_.message; }

private:
    SessionGroup::Clock::time_point first_byte() {
        if (!first_byte_) {
            first_byte_ = SessionGroup::Clock::now();
        }
        return *first_byte_;
    }

    const Limits& limits_;
    std::optional<SessionGroup::Clock::time_point> first_byte_;
};

template <class Stream>
Received refuse(Connection<Stream>& connection, protocol::Response refusal) {
    connection.refusal = std::move(refusal);
    return Received::refused;
}

template <class Stream>
Received received(Connection<Stream>& connection, RequestReader::Progress progress) {
    return progress == RequestReader::Progress::refused ? refuse(connection, connection.reader.refused())
                                                        : Received::complete;
}

/// Whether a read failed because its deadline passed, rather than because of the peer or a stop.
template <class Stream>
bool is_late(const Connection<Stream>& connection, const boost::system::error_code& code) {
    return code == boost::asio::error::operation_aborted && !connection.group.is_stopping();
}

/// A deadline that passes within a request is reported to the peer. Everything else ends the session without a
/// response.
template <class Stream>
Received interrupted(Connection<Stream>& connection, const boost::system::error_code& code, std::string_view what,
                     std::chrono::milliseconds limit) {
    if (!is_late(connection, code) || !connection.reader.has_begun()) {
        return Received::ended;
    }
    return refuse(connection, too_slow(what, limit));
}

/// Waits for the next request and reads its head.
template <class Stream>
boost::asio::awaitable<Received> read_head(Connection<Stream>& connection, DueTimes& due) {
    RequestReader& reader = connection.reader;
    const Limits& limits = connection.group.limits();
    reader.begin();
    RequestReader::Progress progress = reader.head();
    while (progress == RequestReader::Progress::wants_more) {
        if (reader.has_begun()) {
            connection.deadline.busy_until(due.head());
        } else if (connection.group.is_stopping()) {
            co_return Received::ended;
        } else {
            connection.deadline.idle_until(SessionGroup::Clock::now() + limits.idle);
        }
        if (const auto code = co_await read_more(connection)) {
            co_return interrupted(connection, code, "The request's head", std::min(limits.head, limits.message));
        }
        progress = reader.head();
    }
    co_return received(connection, progress);
}

/// Tells a client that waits with its body to send it. Returns whether that went out.
template <class Stream>
boost::asio::awaitable<bool> send_continue(Connection<Stream>& connection) {
    return send(connection, "HTTP/1.1 100 Continue\r\n\r\n", std::string_view());
}

/// Reads a body whole, which must be allowed by now.
template <class Stream>
boost::asio::awaitable<Received> read_body(Connection<Stream>& connection, DueTimes& due) {
    if (connection.reader.expectation() == RequestReader::Expectation::go_ahead &&
        !co_await send_continue(connection)) {
        co_return Received::ended;
    }
    RequestReader::Progress progress = connection.reader.body();
    while (progress == RequestReader::Progress::wants_more) {
        connection.deadline.busy_until(due.message());
        if (const auto code = co_await read_more(connection)) {
            co_return interrupted(connection, code, "The request", connection.group.limits().message);
        }
        progress = connection.reader.body();
    }
    co_return received(connection, progress);
}

/// Reads a request as far as its handler wants it: the head alone if `streamed` is set, which is the handler then.
template <class Stream>
boost::asio::awaitable<Received> read_request(Connection<Stream>& connection, RequestHandler& handler,
                                              StreamHandler*& streamed) {
    RequestReader& reader = connection.reader;
    DueTimes due(connection.group.limits());
    Received outcome = co_await read_head(connection, due);
    if (outcome != Received::complete) {
        co_return outcome;
    }
    streamed = handler.stream_handler(reader.request());
    outcome = received(connection, reader.allow_body(streamed == nullptr ? handler.body_limit(reader.request().target)
                                                                         : streamed->body_limit()));
    if (outcome == Received::complete && reader.expectation() == RequestReader::Expectation::unknown) {
        outcome = refuse(connection, refusal(417, "The one expectation met here is 100-continue."));
    }
    if (outcome == Received::complete && streamed == nullptr && reader.awaits_body()) {
        outcome = co_await read_body(connection, due);
    }
    co_return outcome;
}

}  // namespace plocal::http
