#include "server/wire/http/session.h"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "server/wire/http/receive.h"
#include "server/wire/http/request_body.h"
#include "server/wire/http/send_response.h"
#include "server/wire/http/stream_response.h"
#include "server/wire/http/tls_stream.h"

namespace plocal::http {

using boost::asio::awaitable;
using boost::asio::ip::tcp;

namespace {

// Nothing if the handler throws although it must not.
template <class Stream>
awaitable<std::optional<protocol::Response>> ask(Connection<Stream>& connection, RequestHandler& handler) {
    connection.deadline.clear();
    try {
        co_return co_await handler.answer(connection.reader.request());
    } catch (...) {
        co_return std::nullopt;
    }
}

// Nothing if the connection is of no more use.
template <class Stream>
awaitable<std::optional<StreamedResponse>> ask(Connection<Stream>& connection, StreamHandler& handler,
                                               RequestBody<Stream>& body) {
    connection.deadline.clear();
    StreamedResponse failed{.head = {.status = 500}, .body = nullptr};
    try {
        co_return co_await handler.answer(connection.reader.request(), body);
    } catch (const BodyError& error) {
        if (!error.refusal()) {
            co_return std::nullopt;
        }
        failed.head = *error.refusal();
    } catch (...) {
    }
    co_return std::move(failed);
}

// Whether the peer has sent more than was parsed; closing at once would reset the connection then.
template <class Stream>
bool has_unread(Connection<Stream>& connection) {
    boost::system::error_code code;
    return connection.reader.has_unread() || bottom_of(connection.stream).available(code) > 0;
}

// A browser that accepts this header for localhost uses HTTPS for all of its ports from then on. It ignores the header
// in plain HTTP.
void leave_out_transport_security(protocol::Response& response) {
    std::erase_if(response.headers, [](const auto& header) { return header.name == "strict-transport-security"; });
}

template <class Stream>
void prepare(protocol::Response& response) {
    if constexpr (is_sent_in_records<Stream>) {
        leave_out_transport_security(response);
    }
}

// Ends a connection on which no request is answered any more.
template <class Stream>
awaitable<void> end_unanswered(Connection<Stream>& connection, Received received) {
    if (received == Received::refused) {
        if (connection.reader.speaks_tls()) {
            connection.group.warn("a client speaks HTTPS to the port of HTTP");
        }
        co_await send_response(connection, connection.refusal, false);
    }
    co_await send_close_notify(connection);
    if (received == Received::refused) {
        co_await linger(connection);
    }
}

// Sends a response as its fault says. Returns whether it went out whole.
template <class Stream>
awaitable<bool> send_as_asked(Connection<Stream>& connection, StreamedResponse& response, bool keep_alive) {
    const protocol::Fault fault = response.head.disturbance.fault;
    const bool is_streamed = response.body != nullptr;
    if (fault != protocol::Fault::none && !(is_streamed && fault == protocol::Fault::truncate)) {
        co_await send_faulty(connection, response.head, keep_alive);
        co_return false;
    }
    if (is_streamed) {
        co_return co_await send_streamed(connection, response.head, *response.body, keep_alive);
    }
    co_return co_await send_response(connection, response.head, keep_alive);
}

// Answers a request whose body is not read yet. Returns whether another request may follow; if not, the connection has
// ended.
template <class Stream>
awaitable<bool> serve_streamed(Connection<Stream>& connection, StreamHandler& handler) {
    RequestBody<Stream> body(connection);
    std::optional<StreamedResponse> response = co_await ask(connection, handler, body);
    if (!response) {
        co_return false;
    }
    if (response->head.disturbance.delay > std::chrono::milliseconds(0)) {
        co_await connection.deadline.pause(response->head.disturbance.delay);
    }
    body.begin_answer();
    prepare<Stream>(response->head);
    const bool has_end = response->body == nullptr || !connection.reader.is_http_1_0() || response->body->size_bytes();
    const bool keep_alive =
        has_end && body.is_complete() && connection.reader.keep_alive() && !connection.group.is_stopping();
    const bool is_sent = co_await send_as_asked(connection, *response, keep_alive);
    response.reset();
    if (is_sent && keep_alive) {
        co_return true;
    }
    if (is_sent) {
        co_await send_close_notify(connection);
    }
    if (is_sent && (!body.is_complete() || has_unread(connection))) {
        co_await linger(connection);
    }
    co_return false;
}

template <class Stream>
awaitable<void> serve(Connection<Stream>& connection, RequestHandler& handler) {
    for (bool keep_alive = true; keep_alive;) {
        StreamHandler* streamed = nullptr;
        const Received received = co_await read_request(connection, handler, streamed);
        if (received != Received::complete) {
            co_await end_unanswered(connection, received);
            co_return;
        }
        if (streamed != nullptr) {
            const bool goes_on = co_await serve_streamed(connection, *streamed);
            if (!goes_on) co_return;
            continue;
        }
        std::optional<protocol::Response> response = co_await ask(connection, handler);
        if (response && response->disturbance.delay > std::chrono::milliseconds(0)) {
            co_await connection.deadline.pause(response->disturbance.delay);
        }
        keep_alive = response && connection.reader.keep_alive() && !connection.group.is_stopping();
        if (!response) {
            response.emplace().status = 500;
        }
        prepare<Stream>(*response);
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
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    Connection<tcp::socket> connection(std::move(socket), *group);
    co_await serve(connection, handler);
}

awaitable<void> run_tls_session(tcp::socket socket, std::shared_ptr<SessionGroup> group, RequestHandler& handler,
                                std::shared_ptr<Tls> tls) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    // The memory for encryption is allocated only once the peer begins a handshake.
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
