// Accepts connections and gives each a session; asks them all to finish; says when they have. The contexts are run by
// the caller, one thread each, and outlive the listener, as does the exchange. All calls are for any one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/wire/http/limits.h"
#include "server/wire/http/request_handler.h"
#include "server/wire/http/session_group.h"
#include "server/wire/http/tls.h"

namespace plocal::http {

class Listener {
public:
    /// At least one context. Connections are accepted on the first and dealt to all in turn.
    Listener(std::span<boost::asio::io_context* const> contexts, RequestHandler& handler, const Limits& limits = {},
             const Warn& warn = {});
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener();

    /// Binds a numeric address, IPv4 or IPv6 ("::" takes IPv4 too), and a port, 0 for any that is free; returns what
    /// was bound. Its connections are encrypted where there is a `tls`. From here on they queue. May be called several
    /// times. Throws boost::system::system_error that names the endpoint.
    boost::asio::ip::tcp::endpoint listen(std::string_view address, std::uint16_t port,
                                          std::shared_ptr<Tls> tls = nullptr);

    /// Begins to accept, once. From here until all is drained, no context runs out of work.
    void start();

    /// No more connections; idle ones end now, the others with the answer they wait for, or when the grace is over.
    /// Delays of answers end now as well. The exchange is told; an answer that it has not given by the end of the grace
    /// is waited for all the same. Returns at once; after start(); a second call does nothing.
    void stop();

    /// Ready once the last session has ended after stop(). The contexts then run out of work.
    std::shared_future<void> drained() const;

    /// The connections open at the moment.
    std::size_t connections() const;

private:
    struct Floor;
    struct Door;
    std::shared_ptr<Floor> floor_;
    std::vector<std::shared_ptr<Door>> doors_;
};

}  // namespace plocal::http
