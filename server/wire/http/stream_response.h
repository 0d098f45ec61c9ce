// Sends responses whose bodies are produced while they are sent, over any stream. Used on the thread of the session's
// context.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "server/wire/http/body.h"
#include "server/wire/http/head_text.h"
#include "server/wire/http/send_response.h"

namespace plocal::http {

/// How the body of this source is framed. HTTP/1.0 has no chunks: there a body of unknown size ends with the
/// connection.
inline Framing framing_of(const BodySource& body, bool is_http_1_0) {
    if (const auto size_bytes = body.size_bytes()) {
        return {.end = Framing::End::length, .size_bytes = *size_bytes};
    }
    return {.end = is_http_1_0 ? Framing::End::close : Framing::End::chunked};
}

/// Closes the connection so that the peer sees that the body is not whole.
template <class Stream>
void cut(Connection<Stream>& connection, const Framing& framing) {
    // Where the connection's end is the body's end, an orderly end would look like a whole body.
    if (framing.end == Framing::End::close) reset(connection);
}

/// Sends one piece, or the end of the body if it is empty. `framing.size_bytes` counts down what is left to send.
/// Returns false if the peer does not accept it or if the size is not what the head has announced.
template <class Stream>
boost::asio::awaitable<bool> send_piece(Connection<Stream>& connection, Framing& framing, std::string_view piece) {
    if (framing.end == Framing::End::close) {
        co_return co_await send(connection, piece, {});
    }
    if (framing.end == Framing::End::length) {
        if (piece.empty()) co_return framing.size_bytes == 0;
        if (piece.size() > framing.size_bytes) co_return false;
        framing.size_bytes -= piece.size();
        co_return co_await send(connection, piece, {});
    }
    connection.head.clear();
    append_number(connection.head, piece.size(), 16);
    connection.head += "\r\n";
    co_return co_await send(connection, connection.head, piece, "\r\n");
}

/// Returns the next piece; nothing if the source fails or the server's grace period is over. There is no deadline
/// meanwhile.
template <class Stream>
boost::asio::awaitable<std::optional<std::string_view>> next_piece(Connection<Stream>& connection, BodySource& body) {
    connection.deadline.clear();
    if (connection.group.is_grace_over()) co_return std::nullopt;
    std::string why = "an unknown exception";
    try {
        co_return co_await body.next();
    } catch (const BodyError&) {
        co_return std::nullopt;  // The peer's own body is not there, and it knows.
    } catch (const std::exception& error) {
        why = error.what();
    } catch (...) {
    }
    connection.group.warn("a response is cut in the middle of its body: " + why);
    co_return std::nullopt;
}

/// Sends a head and a body. Returns whether both went out whole; if not, the connection is closed or must be closed,
/// and the peer can tell that the body was cut. The source is not asked for anything if the response has no body.
template <class Stream>
boost::asio::awaitable<bool> send_streamed(Connection<Stream>& connection, const protocol::Response& head,
                                           BodySource& body, bool keep_alive) {
    Framing framing = framing_of(body, connection.reader.is_http_1_0());
    const bool is_truncated = head.disturbance.fault == protocol::Fault::truncate;
    write_head(connection.head, head, framing, keep_alive);
    bool is_sent = co_await send(connection, connection.head, {});
    bool is_over = !sends_body(connection, head);
    while (is_sent && !is_over) {
        const std::optional<std::string_view> piece = co_await next_piece(connection, body);
        if (piece && is_truncated && !piece->empty()) {
            co_await send_piece(connection, framing, piece->substr(0, piece->size() / 2));
        }
        is_over = piece && piece->empty();
        is_sent = piece && !is_truncated && co_await send_piece(connection, framing, *piece);
    }
    if (!is_sent) cut(connection, framing);
    co_return is_sent;
}

}  // namespace plocal::http
