// Where the server listens: each address of the options, with a port for HTTP and one for HTTPS where it is served.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/app/options.h"
#include "server/wire/http/listener.h"

namespace plocal::app {

struct Endpoints {
    std::unique_ptr<http::Listener> listener;
    boost::asio::ip::tcp::endpoint http;
    std::optional<boost::asio::ip::tcp::endpoint> https;
};

/// Opens them all, of one port each on all addresses. From here on connections queue. Throws UsageError where one
/// cannot be had. Contexts and exchange outlive the doors; `tls` is null for none.
Endpoints open_endpoints(const Options& options, std::span<boost::asio::io_context* const> contexts,
                         http::RequestHandler& handler, const std::shared_ptr<http::Tls>& tls, const http::Warn& warn);

}  // namespace plocal::app
