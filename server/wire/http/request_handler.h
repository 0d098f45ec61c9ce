// The interface between the network and the rest of the program: a request goes in, a response comes back. Its
// functions are called on the threads of the connections, several at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "server/wire/http/body.h"
#include "server/wire/protocol/message.h"

namespace plocal::http {

/// A response whose body is produced while it is sent. `head.body` is sent instead if `body` is null. The fault
/// `truncate` in `head.disturbance` ends the connection in the middle of the first piece.
struct StreamedResponse {
    protocol::Response head;
    std::unique_ptr<BodySource> body;
};

/// Answers requests whose bodies are read piece by piece.
class StreamHandler {
public:
    virtual ~StreamHandler() = default;

    /// The largest body of a request, in bytes. A larger one is refused with 413: before answer() if the request
    /// announces its length, else by an exception of `body.next()`. Called from any thread.
    virtual std::uint64_t body_limit() const = 0;

    /// Returns the response to a request. `request.body` is empty; `body` is the body, and may be read before this
    /// returns, by the source of the response's body, or not to its end. The connection is closed after a response that
    /// was sent before the whole body was read. `request` and `body` live as long as the returned source. Called and
    /// resumed on the session's thread, where `body` must be read too. An exception is answered with 500, and BodyError
    /// with its refusal. There is no deadline but those for reading and writing the pieces.
    virtual boost::asio::awaitable<StreamedResponse> answer(const protocol::Request& request, BodySource& body) = 0;
};

class RequestHandler {
public:
    virtual ~RequestHandler() = default;

    /// Returns the response to a request that was read whole. Called and resumed on the session's thread. `request` and
    /// what its views point to live until the returned coroutine ends. Must not throw. The connection has no deadline
    /// meanwhile. A disconnect is not reported: a client that has only finished sending still gets its response. So
    /// whatever waits here needs a time limit of its own.
    virtual boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) = 0;

    /// The largest body that a request to this target may have, in bytes, if it is read whole. Called from any thread.
    virtual std::size_t body_limit(std::string_view target) const = 0;

    /// The handler for a request whose body is not read yet; null for a request that is read whole and given to
    /// answer(). The result lives as long as this object. Called from any thread.
    virtual StreamHandler* stream_handler(const protocol::Request& request) {
        static_cast<void>(request);
        return nullptr;
    }

    /// The network is about to stop: pending answers that wait for something, and all later ones, must come soon, and
    /// so must the next piece or the end of every body. Each listener calls it once, on the thread that stops it.
    /// Requests may still arrive; each gets the last response of its connection.
    virtual void stop() noexcept {}
};

}  // namespace plocal::http
