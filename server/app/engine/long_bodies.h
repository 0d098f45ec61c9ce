// Requests whose bodies may be too long for memory, as the network's stream handler: the body of a request goes to a
// spool while it arrives, and that of its response comes from one. The handler of all requests answers them, so nothing
// below knows whether a body was streamed.
#pragma once

#include <cstdint>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "server/base/spool.h"
#include "server/wire/http/request_handler.h"

namespace plocal::engine {

class LongBodies : public http::StreamHandler {
public:
    /// `handler` must outlive this. It gets each request whole, in `body` or in `spooled_body`, or with `body_error`.
    LongBodies(http::RequestHandler& handler, base::SpoolPlace place, std::uint64_t limit_bytes)
        : handler_(handler), place_(std::move(place)), limit_bytes_(limit_bytes) {}

    std::uint64_t body_limit() const override { return limit_bytes_; }

    /// Writes and reads the pieces of a file on the thread of the session. A piece has 128 KB at most, and the system
    /// holds it in memory.
    boost::asio::awaitable<http::StreamedResponse> answer(const protocol::Request& request,
                                                          http::BodySource& body) override;

private:
    http::RequestHandler& handler_;
    base::SpoolPlace place_;
    std::uint64_t limit_bytes_;
};

}  // namespace plocal::engine
