// The one question that the network asks of the rest of the program.
#pragma once

#include <cstddef>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "server/protocol/message.h"

namespace plocal::http {

class Exchange {
public:
    virtual ~Exchange() = default;

    /// The answer to a request. Called on the session's thread, which also resumes behind the await; the request
    /// and what its views point to must live until then. Throws nothing.
    virtual boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) = 0;

    /// The largest body that a request to this target may have, in bytes. From any thread.
    virtual std::size_t body_limit(std::string_view target) const = 0;
};

}  // namespace plocal::http
