// Accepts connections, starts a session for each, and ends them all on a stop. The caller runs the contexts, one thread
// each. The contexts and the handler must outlive the listener. All functions are for any one thread at a time.
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
    /// Takes at least one context. Connections are accepted on the first and given to all in turn.
    Listener(std::span<boost::asio::io_context* const> contexts, RequestHandler& handler, const Limits& limits = {},
             const Warn& warn = {});
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener();

    /// Binds a numeric address, IPv4 or IPv6 ("::" takes IPv4 too), and a port; port 0 picks a free one. Returns what
    /// was bound. From here on connections queue. They are encrypted if `tls` is not null. May be called several times,
    /// before start(). Throws boost::system::system_error, which names the endpoint.
    boost::asio::ip::tcp::endpoint listen(std::string_view address, std::uint16_t port,
                                          std::shared_ptr<Tls> tls = nullptr);

    /// Starts to accept, once. No context runs out of work from here until all sessions have ended after a stop.
    void start();

    /// Stops to accept. Idle connections end now, and so do the delays of responses. The other connections end with the
    /// response that they wait for, or when the grace period is over; a response that the handler has not given by then
    /// is still waited for. Calls the handler's stop(). Returns at once. To be called after start(); a second call does
    /// nothing.
    void stop();

    /// Ready when the last session has ended after stop(). The contexts then run out of work.
    std::shared_future<void> drained() const;

    /// The number of connections that are open.
    std::size_t connections() const;

private:
    struct Shared;
    struct Port;
    std::shared_ptr<Shared> shared_;
    std::vector<std::shared_ptr<Port>> ports_;
};

}  // namespace plocal::http
