// The addresses that the server listens on: each host of the options, with a port for HTTP and one for HTTPS if it is
// served.
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
    boost::asio::ip::tcp::endpoint http;  // the first one
    std::optional<boost::asio::ip::tcp::endpoint> https;
};

/// Opens all endpoints. HTTP has the same port on all addresses, and so has HTTPS. Connections queue until the listener
/// is started. Throws UsageError if an address or a port cannot be opened. Contexts and handler must outlive the
/// endpoints; `tls` is null for no HTTPS.
Endpoints open_endpoints(const Options& options, std::span<boost::asio::io_context* const> contexts,
                         http::RequestHandler& handler, const std::shared_ptr<http::Tls>& tls, const http::Warn& warn);

}  // namespace plocal::app
