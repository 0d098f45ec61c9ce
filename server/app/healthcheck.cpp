#include "server/app/healthcheck.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "server/base/descriptor.h"

namespace plocal::app {
namespace {

using base::Descriptor;

struct Address {
    std::string host;  // without brackets
    std::string port;
    std::string path = "/_local/health";

    std::string authority() const {
        return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port;
    }
};

Address parse_url(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    const UsageError bad("--url: expected http://HOST:PORT, found '" + std::string(url) + "'");
    if (!url.starts_with(scheme)) throw bad;
    std::string_view rest = url.substr(scheme.size());
    Address address;
    if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
        if (rest.size() > slash + 1) address.path = rest.substr(slash);
        rest = rest.substr(0, slash);
    }
    const std::size_t bracket = rest.find(']');
    const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
    std::string_view host = rest.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    address.host = host;
    address.port = colon == std::string_view::npos ? "80" : rest.substr(colon + 1);
    if (address.host.empty() || address.port.empty()) throw bad;
    return address;
}

Address address_of(const Options& options) {
    if (!options.url.empty()) return parse_url(options.url);
    if (options.port == 0) throw UsageError("healthcheck: with port 0 only --url can say where the server is");
    std::string host = options.hosts.empty() ? "127.0.0.1" : options.hosts.front();
    if (host == "0.0.0.0") host = "127.0.0.1";
    if (host == "::") host = "::1";
    return {host, std::to_string(options.port)};
}

/// What the server sends back, as far as it comes; empty where there is none.
std::string ask(const addrinfo& endpoint, const Address& address) {
    const Descriptor socket(::socket(endpoint.ai_family, endpoint.ai_socktype, endpoint.ai_protocol));
    const timeval timeout{.tv_sec = 2, .tv_usec = 0};
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    if (connect(socket.get(), endpoint.ai_addr, endpoint.ai_addrlen) != 0) return {};
    const std::string request =
        "GET " + address.path + " HTTP/1.1\r\nhost: " + address.authority() + "\r\nconnection: close\r\n\r\n";
    if (send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
        return {};
    std::string answer;
    std::array<char, 4096> buffer{};
    constexpr std::size_t most = 1 << 20;
    for (ssize_t size = 1; size > 0 && answer.size() < most;) {
        size = recv(socket.get(), buffer.data(), buffer.size(), 0);
        if (size > 0) answer.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return answer;
}

}  // namespace

std::string fault_of_health(const Options& options) {
    const Address address = address_of(options);
    const std::string at = address.authority();
    const addrinfo hints{.ai_flags = 0, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    addrinfo* found = nullptr;
    if (getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found) != 0) {
        return "there is no address for " + at;
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> endpoints(found, freeaddrinfo);
    std::string fault;
    for (const addrinfo* endpoint = endpoints.get(); endpoint != nullptr; endpoint = endpoint->ai_next) {
        const std::string answer = ask(*endpoint, address);
        if (answer.starts_with("HTTP/1.1 200") && answer.find(R"("ready":true)") != std::string::npos) return {};
        fault = answer.empty() ? "nothing answers at " + at
                               : at + " answers something else: " + answer.substr(0, answer.find_first_of("\r\n"));
    }
    return fault;
}

}  // namespace plocal::app
