// Reads the requests of a connection, for any stream: the head and, where it is wanted whole, the body. Used on the
// thread of the session's context.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
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

/// Sets the deadline for more of a head. Returns false where no request is to begin any more.
template <class Stream>
bool expect_head(Connection<Stream>& connection, DueTimes& due) {
    if (connection.reader.has_begun()) {
        connection.deadline.busy_until(due.head());
        return true;
    }
    if (connection.group.is_stopping()) {
        return false;
    }
    connection.deadline.idle_until(SessionGroup::Clock::now() + connection.group.limits().idle);
    return true;
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

/// Finds the handler of a request whose head is there, and refuses a request that may have no body.
template <class Stream>
Received accept_head(Connection<Stream>& connection, RequestHandler& handler, StreamHandler*& streamed) {
    RequestReader& reader = connection.reader;
    streamed = handler.stream_handler(reader.request());
    const std::uint64_t limit =
        streamed == nullptr ? handler.body_limit(reader.request().target) : streamed->body_limit();
    const Received outcome = received(connection, reader.allow_body(limit));
    if (outcome == Received::complete && reader.expectation() == RequestReader::Expectation::unknown) {
        return refuse(connection, refusal(417, "The one expectation met here is 100-continue."));
    }
    return outcome;
}

/// Reads a request as far as its handler wants it: the head alone if `streamed` is set, which is the handler then. Most
/// requests come in one piece, so one coroutine takes them: each more costs every request its frame.
template <class Stream>
boost::asio::awaitable<Received> read_request(Connection<Stream>& connection, RequestHandler& handler,
                                              StreamHandler*& streamed) {
    RequestReader& reader = connection.reader;
    const Limits& limits = connection.group.limits();
    DueTimes due(limits);
    reader.begin();
    RequestReader::Progress progress = reader.head();
    while (progress == RequestReader::Progress::wants_more) {
        if (!expect_head(connection, due)) {
            co_return Received::ended;
        }
        const auto [code, size] = co_await connection.stream.async_read_some(reader.room(), as_code);
        reader.commit(size);
        if (code) {
            co_return interrupted(connection, code, "The request's head", std::min(limits.head, limits.message));
        }
        progress = reader.head();
    }
    Received outcome = received(connection, progress);
    if (outcome == Received::complete) {
        outcome = accept_head(connection, handler, streamed);
    }
    if (outcome != Received::complete || streamed != nullptr || !reader.awaits_body()) {
        co_return outcome;
    }
    const bool is_awaited = reader.expectation() == RequestReader::Expectation::go_ahead;
    progress = is_awaited ? RequestReader::Progress::wants_more : reader.body();
    if (progress != RequestReader::Progress::wants_more) {
        co_return received(connection, progress);
    }
    co_return co_await read_body(connection, due);
}

}  // namespace plocal::http
