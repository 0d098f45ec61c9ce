// A listener for any handler on a free port of the loopback address, with one thread for each context, until it is
// destroyed.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "server/wire/http/listener.h"

namespace plocal::test {

class LoopbackServer {
public:
    /// The handler must outlive the server. Serves HTTPS if `tls` is not null.
    LoopbackServer(http::RequestHandler& handler, int contexts, const http::Limits& limits = {},
                   const http::Warn& warn = {}, std::shared_ptr<http::Tls> tls = nullptr);
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    /// Stops the listener and waits until the last session has ended.
    ~LoopbackServer();

    const boost::asio::ip::tcp::endpoint& endpoint() const { return endpoint_; }
    http::Listener& listener() { return *listener_; }

    /// Returns whether all sessions end within ten seconds.
    bool drains() const;

private:
    std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
    std::unique_ptr<http::Listener> listener_;
    boost::asio::ip::tcp::endpoint endpoint_;
    std::vector<std::thread> threads_;
};

}  // namespace plocal::test
