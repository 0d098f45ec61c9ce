// How much time and memory one connection, and all connections together, may use.
#pragma once

#include <chrono>
#include <cstddef>

namespace plocal::http {

/// Deadlines are checked every eighth of the shortest one, and at least four times a second: a connection ends that
/// much after its deadline at most.
struct Limits {
    /// The request line and headers together. A longer head is answered with 431. A chunk's header has the same limit.
    std::size_t header_bytes = 16 * 1024;

    /// Open connections over all contexts. While there are so many, new ones wait in the kernel's queue.
    std::size_t connections = 10'000;

    /// From a request's first byte to the end of its headers. A slower request is answered with 408.
    std::chrono::milliseconds head{10'000};

    /// From a request's first byte to its last, for a request that is read whole. A slower one is answered with 408.
    std::chrono::milliseconds message{60'000};

    /// Between two reads of a body that is read piece by piece. A slower one is answered with 408.
    std::chrono::milliseconds piece{30'000};

    /// Between two requests, or before the first. Then the connection is closed.
    std::chrono::milliseconds idle{75'000};

    /// Between two writes that the peer accepts bytes from. Then the connection is closed.
    std::chrono::milliseconds write{30'000};

    /// After a refusal, input is read and dropped for this long and up to this size: closing a socket that has unread
    /// bytes resets the connection, and the peer may lose the response.
    std::chrono::milliseconds linger{2'000};
    std::size_t linger_bytes = 16 * 1024 * 1024;

    /// After a stop. Then every read and write that is still pending is cancelled.
    std::chrono::milliseconds stop_grace{1'000};
};

}  // namespace plocal::http
