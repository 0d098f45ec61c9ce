#include "server/app/endpoints.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <boost/system/system_error.hpp>

namespace plocal::app {
namespace {

namespace asio = boost::asio;
using boost::system::system_error;
using Endpoint = asio::ip::tcp::endpoint;

/// One port to open on every address.
struct Wanted {
    std::uint16_t port;
    std::string_view flag;
    std::shared_ptr<http::Tls> tls;
};

bool is_taken(const system_error& error) {
    return error.code() == asio::error::address_in_use;
}

/// The machine has no such address, or not the address family.
bool is_missing(const system_error& error) {
    return error.code() == asio::error::address_family_not_supported ||
           error.code() == boost::system::errc::address_not_available;
}

[[noreturn]] void refuse(const std::string& host, unsigned port, std::string_view flag, const system_error& error) {
    const std::string at = host + " port " + std::to_string(port);
    const std::string another(flag);
    if (is_taken(error)) throw UsageError(at + " is taken: stop what listens there, or choose another " + another);
    if (is_missing(error)) throw UsageError("this machine has no address " + host + ": choose another --host");
    throw UsageError("cannot listen on " + at + ": " + error.code().message() + "; choose another --host or " +
                     another);
}

/// Listens on loopback in both families with one port. If the port was chosen for the first family and is taken in the
/// second, returns nothing, so that another one can be tried.
std::optional<Endpoint> listen_on_loopback(http::Listener& listener, const Wanted& wanted) {
    Endpoint first;
    try {
        first = listener.listen("127.0.0.1", wanted.port, wanted.tls);
    } catch (const system_error& error) {
        refuse("127.0.0.1", wanted.port, wanted.flag, error);
    }
    try {
        listener.listen("::1", first.port(), wanted.tls);
    } catch (const system_error& error) {
        if (is_taken(error) && wanted.port == 0) return std::nullopt;
        if (!is_missing(error)) refuse("::1", first.port(), wanted.flag, error);
    }
    return first;
}

Endpoint listen_on_hosts(http::Listener& listener, const std::vector<std::string>& hosts, const Wanted& wanted) {
    const bool has_all_addresses = std::ranges::find(hosts, "::") != hosts.end();
    std::optional<Endpoint> first;
    for (const std::string& host : hosts) {
        if (has_all_addresses && host == "0.0.0.0") continue;  // "::" includes it
        const std::uint16_t port = first ? first->port() : wanted.port;
        try {
            const Endpoint bound = listener.listen(host, port, wanted.tls);
            if (!first) first = bound;
        } catch (const system_error& error) {
            refuse(host, port, wanted.flag, error);
        }
    }
    return *first;
}

std::optional<Endpoint> listen(http::Listener& listener, const Options& options, const Wanted& wanted) {
    if (options.hosts.empty()) return listen_on_loopback(listener, wanted);
    return listen_on_hosts(listener, options.hosts, wanted);
}

}  // namespace

Endpoints open_endpoints(const Options& options, std::span<asio::io_context* const> contexts,
                         http::RequestHandler& handler, const std::shared_ptr<http::Tls>& tls, const http::Warn& warn) {
    constexpr int tries = 20;
    for (int i = 0; i < tries; ++i) {
        Endpoints endpoints{std::make_unique<http::Listener>(contexts, handler, http::Limits{}, warn), {}, {}};
        const auto http = listen(*endpoints.listener, options, {options.port, "--port", nullptr});
        if (!http) continue;
        endpoints.http = *http;
        if (tls == nullptr) return endpoints;
        endpoints.https = listen(*endpoints.listener, options, {options.tls_port, "--tls-port", tls});
        if (endpoints.https) return endpoints;
    }
    throw UsageError("no port is free on both 127.0.0.1 and ::1: choose one with --port or --tls-port");
}

}  // namespace plocal::app
