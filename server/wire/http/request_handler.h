// The one question that the network asks of the rest of the program.
#pragma once

#include <cstddef>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "server/wire/protocol/message.h"

namespace plocal::http {

class RequestHandler {
public:
    virtual ~RequestHandler() = default;

    /// The answer to a request. Called on the session's thread, which also resumes behind the await; the request
    /// and what its views point to must live until then. Throws nothing. May take long: the connection has no deadline
    /// meanwhile. That its peer has left is not told, and shows when the answer is sent: who merely finishes sending
    /// looks the same, and is owed his answer. So a wait needs an end of its own.
    virtual boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) = 0;

    /// The largest body that a request to this target may have, in bytes. From any thread.
    virtual std::size_t body_limit(std::string_view target) const = 0;

    /// The network is about to stop: answers that wait for something must come soon, those asked for from now on too.
    /// Called once by each listener that is stopped, on the thread that stops it. Requests may come after it still; the
    /// answers are their connections' last.
    virtual void stop() noexcept {}
};

}  // namespace plocal::http
