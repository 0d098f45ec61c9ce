// The network in front of any exchange, on a free port of the loopback: one thread a context, until it is destroyed.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "server/wire/http/listener.h"

namespace plocal::test {

class LoopbackServer {
public:
    /// The exchange must outlive the server. Speaks HTTPS where there is a `tls`.
    LoopbackServer(http::RequestHandler& handler, int contexts, const http::Limits& limits = {},
                   const http::Warn& warn = {}, std::shared_ptr<http::Tls> tls = nullptr);
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    /// Stops, and waits until the last session has ended.
    ~LoopbackServer();

    const boost::asio::ip::tcp::endpoint& endpoint() const { return endpoint_; }
    http::Listener& listener() { return *listener_; }

    /// Whether all sessions end within ten seconds.
    bool drains() const;

private:
    std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
    std::unique_ptr<http::Listener> listener_;
    boost::asio::ip::tcp::endpoint endpoint_;
    std::vector<std::thread> threads_;
};

}  // namespace plocal::test
