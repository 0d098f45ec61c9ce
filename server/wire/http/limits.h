// What one connection, and all of them together, may take of the server.
#pragma once

#include <chrono>
#include <cstddef>

namespace plocal::http {

/// Times are told to the nearest eighth of the shortest of them, and never later than a quarter of a second.
struct Limits {
    /// Request line and headers together: more is answered with 431. A chunk's header has the same bound.
    std::size_t header_bytes = 16 * 1024;

    /// Connections at once, over all contexts. While so many are open, new ones wait in the kernel's queue.
    std::size_t connections = 10'000;

    /// From a request's first byte to the end of its headers: 408.
    std::chrono::milliseconds head{10'000};

    /// From a request's first byte to its last: 408.
    std::chrono::milliseconds message{60'000};

    /// Between two requests, or before the first: the connection is closed without a word.
    std::chrono::milliseconds idle{75'000};

    /// Without the peer taking one more byte of an answer: the connection is closed.
    std::chrono::milliseconds write{30'000};

    /// After a refusal the rest of what the peer sends is read and thrown away, so long and so much, for a close
    /// with bytes unread would destroy the answer on its way.
    std::chrono::milliseconds linger{2'000};
    std::size_t linger_bytes = 16 * 1024 * 1024;

    /// After stop(): what still reads or writes by then is cut off.
    std::chrono::milliseconds stop_grace{1'000};
};

}  // namespace plocal::http
