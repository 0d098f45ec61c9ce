// Heads of responses as text, and the responses that the network gives by itself, without asking a handler. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/wire/protocol/message.h"

namespace plocal::http {

/// How the peer finds the end of a body.
struct Framing {
    enum class End { length, chunked, close };
    End end = End::length;
    std::uint64_t size_bytes = 0;  // with End::length
};

/// Whether a response of this status may have a body.
bool may_have_body(int status);

/// Replaces `out` with the status line and headers of a response. Adds `connection` and, unless the status forbids a
/// body, the header that the framing needs. Line breaks within a header become spaces.
void write_head(std::string& out, const protocol::Response& response, const Framing& framing, bool keep_alive);

/// The same for a response that is sent with `response.body`; `content-length` is its size even if it is not sent.
void write_head(std::string& out, const protocol::Response& response, bool keep_alive);

/// A refusal: a status with a body of one line of text/plain. The connection is closed after each of them.
protocol::Response refusal(int status, std::string_view text);

/// 400: the request breaks HTTP's grammar or its framing; `what` says where.
protocol::Response malformed(std::string_view what);

/// 408: `what` was not complete in time.
protocol::Response too_slow(std::string_view what, std::chrono::milliseconds limit);

/// 413 or 431: `what` is longer than the limit.
protocol::Response too_large(int status, std::string_view what, std::uint64_t limit_bytes);

}  // namespace plocal::http
