#include "server/wire/http/session.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/wire/http/connection.h"
#include "server/wire/http/disturbance.h"
#include "server/wire/http/refusal.h"
#include "server/wire/http/tls_stream.h"

namespace plocal::http {

using boost::asio::awaitable;
using boost::asio::ip::tcp;

namespace {

using Progress = RequestReader::Progress;

enum class Outcome { complete, refused, ended };

template <class Stream>
Outcome outcome_of(Connection<Stream>& connection, Progress progress) {
    if (progress != Progress::refused) {
        return Outcome::complete;
    }
    connection.refusal = connection.reader.refused();
    return Outcome::refused;
}

template <class Stream>
Outcome refuse(Connection<Stream>& connection, protocol::Response refusal) {
    connection.refusal = std::move(refusal);
    return Outcome::refused;
}

// When a request's parts are due. The clock starts with the first byte, but is read only once more bytes are needed:
// most requests come in one piece.
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

// No error code if more bytes have come.
template <class Stream>
awaitable<boost::system::error_code> read_more(Connection<Stream>& connection) {
    const auto [code, size] = co_await connection.stream.async_read_some(connection.reader.room(), as_code);
    connection.reader.commit(size);
    co_return code;
}

// A deadline that passed within a request is told to the peer. All else that can go wrong is the peer's leaving, the
// server's, or a connection that was idle for too long.
template <class Stream>
Outcome interrupted(Connection<Stream>& connection, boost::system::error_code code, std::string_view what,
                    std::chrono::milliseconds limit) {
    const bool is_late = code == boost::asio::error::operation_aborted && !connection.group.is_stopping();
    if (!is_late || !connection.reader.has_begun()) {
        return Outcome::ended;
    }
    return refuse(connection, too_slow(what, limit));
}

template <class Stream>
awaitable<Outcome> read_head(Connection<Stream>& connection, DueTimes& due) {
    RequestReader& reader = connection.reader;
    const Limits& limits = connection.group.limits();
    reader.begin();
    Progress progress = reader.head();
    while (progress == Progress::wants_more) {
        if (reader.has_begun()) {
            connection.deadline.busy_until(due.head());
        } else if (connection.group.is_stopping()) {
            co_return Outcome::ended;
        } else {
            connection.deadline.idle_until(SessionGroup::Clock::now() + limits.idle);
        }
        if (const auto code = co_await read_more(connection)) {
            co_return interrupted(connection, code, "The request's head", std::min(limits.head, limits.message));
        }
        progress = reader.head();
    }
    co_return outcome_of(connection, progress);
}

// A client that waits for leave to send its body is given it, unless it is clear by now that nobody will read it.
template <class Stream>
awaitable<Outcome> meet_expectation(Connection<Stream>& connection) {
    if (connection.reader.expectation() == RequestReader::Expectation::unknown) {
        co_return refuse(connection, refusal(417, "The one expectation met here is 100-continue."));
    }
    const bool is_sent = co_await send(connection, "HTTP/1.1 100 Continue\r\n\r\n", std::string_view());
    co_return is_sent ? Outcome::complete : Outcome::ended;
}

template <class Stream>
awaitable<Outcome> read_body(Connection<Stream>& connection, DueTimes& due) {
    Progress progress = connection.reader.body();
    while (progress == Progress::wants_more) {
        connection.deadline.busy_until(due.message());
        if (const auto code = co_await read_more(connection)) {
            co_return interrupted(connection, code, "The request", connection.group.limits().message);
        }
        progress = connection.reader.body();
    }
    co_return outcome_of(connection, progress);
}

template <class Stream>
awaitable<Outcome> read_request(Connection<Stream>& connection, const RequestHandler& handler) {
    RequestReader& reader = connection.reader;
    DueTimes due(connection.group.limits());
    Outcome outcome = co_await read_head(connection, due);
    if (outcome == Outcome::complete) {
        outcome = outcome_of(connection, reader.allow_body(handler.body_limit(reader.request().target)));
    }
    if (outcome == Outcome::complete && reader.expectation() != RequestReader::Expectation::none) {
        outcome = co_await meet_expectation(connection);
    }
    if (outcome == Outcome::complete && reader.awaits_body()) {
        outcome = co_await read_body(connection, due);
    }
    co_return outcome;
}

// Nothing where the exchange broke its promise and threw.
template <class Stream>
awaitable<std::optional<protocol::Response>> ask(Connection<Stream>& connection, RequestHandler& handler) {
    connection.deadline.rest();
    try {
        co_return co_await handler.answer(connection.reader.request());
    } catch (...) {
        co_return std::nullopt;
    }
}

// Whether the peer sent more than was read; if so, closing at once would reset the connection.
template <class Stream>
bool has_unread(Connection<Stream>& connection) {
    boost::system::error_code code;
    return connection.reader.has_unread() || bottom_of(connection.stream).available(code) > 0;
}

// A browser that takes our word for a name, localhost, would speak nothing but HTTPS to any port of it from then on. It
// does not listen to the word in plain HTTP.
void leave_out_transport_security(protocol::Response& response) {
    std::erase_if(response.headers, [](const auto& header) { return header.name == "strict-transport-security"; });
}

template <class Stream>
awaitable<void> serve(Connection<Stream>& connection, RequestHandler& handler) {
    for (bool keep_alive = true; keep_alive;) {
        const Outcome outcome = co_await read_request(connection, handler);
        if (outcome == Outcome::ended) {
            co_await send_close_notify(connection);
            co_return;
        }
        if (outcome == Outcome::refused) {
            if (connection.reader.speaks_tls()) {
                connection.group.warn("a client speaks HTTPS to the port of HTTP");
            }
            co_await send_response(connection, connection.refusal, false);
            co_await send_close_notify(connection);
            co_await linger(connection);
            co_return;
        }
        std::optional<protocol::Response> response = co_await ask(connection, handler);
        if (response && response->disturbance.delay > std::chrono::milliseconds(0)) {
            co_await connection.deadline.pause(response->disturbance.delay);
        }
        keep_alive = response && connection.reader.keep_alive() && !connection.group.is_stopping();
        if (!response) {
            response.emplace().status = 500;
        }
        if constexpr (is_sent_in_records<Stream>) {
            leave_out_transport_security(*response);
        }
        if (response->disturbance.fault != protocol::Fault::none) {
            co_await send_faulty(connection, *response, keep_alive);
            break;
        }
        const bool is_sent = co_await send_response(connection, *response, keep_alive);
        if (!is_sent) {
            co_return;
        }
        if (!keep_alive) {
            co_await send_close_notify(connection);
        }
    }
    if (has_unread(connection)) {
        co_await linger(connection);
    }
}

}  // namespace

awaitable<void> run_session(tcp::socket socket, std::shared_ptr<SessionGroup> group, RequestHandler& handler) {
    boost::system::error_code works_without;
    socket.set_option(tcp::no_delay(true), works_without);
    Connection<tcp::socket> connection(std::move(socket), *group);
    co_await serve(connection, handler);
}

awaitable<void> run_tls_session(tcp::socket socket, std::shared_ptr<SessionGroup> group, RequestHandler& handler,
                                std::shared_ptr<Tls> tls) {
    boost::system::error_code works_without;
    socket.set_option(tcp::no_delay(true), works_without);
    // What encryption takes is taken only for who begins with it.
    std::optional<Connection<tcp::socket>> plain(std::in_place, std::move(socket), *group);
    if (!co_await begins_handshake(*plain)) {
        co_return;
    }
    group->expect_one();
    tcp::socket bottom = std::move(plain->stream);
    plain.reset();
    Connection<TlsStream> connection(TlsStream(std::move(bottom), tls->context()), *group);
    if (co_await shake_hands(connection)) {
        co_await serve(connection, handler);
    }
}

}  // namespace plocal::http
