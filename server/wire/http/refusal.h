// The answers that the network gives by itself, without asking anyone: what was exceeded or broken, and the limit.
// After each of them the connection is closed.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "server/wire/protocol/message.h"

namespace plocal::http {

/// A status with a text/plain body of one line.
protocol::Response refusal(int status, std::string_view text);

/// 400: the request breaks HTTP's grammar or its framing; `what` says where.
protocol::Response malformed(std::string_view what);

/// 408: `what` was not complete in time.
protocol::Response too_slow(std::string_view what, std::chrono::milliseconds limit);

/// 413 or 431: `what` is longer than the limit.
protocol::Response too_large(int status, std::string_view what, std::size_t limit_bytes);

}  // namespace plocal::http
