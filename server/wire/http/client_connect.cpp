#include "server/wire/http/client_connect.h"

#include <tuple>
#include <vector>

#include <boost/asio/ssl/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "server/base/address.h"
#include "server/base/text.h"
#include "server/wire/http/stream.h"
#include "server/wire/http/tls.h"

namespace plocal::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;
using Kind = ClientError::Kind;

namespace {

awaitable<std::vector<tcp::endpoint>> resolve(const Url& url) {
    boost::system::error_code code;
    const auto port = base::parse_number<std::uint16_t>(url.port).value_or(0);
    const auto literal = asio::ip::make_address(url.host, code);
    std::vector<tcp::endpoint> endpoints;
    if (!code) {
        endpoints.emplace_back(literal, port);
        co_return endpoints;
    }
    tcp::resolver resolver(co_await asio::this_coro::executor);
    const auto [failure, found] = co_await resolver.async_resolve(url.host, url.port, as_code);
    if (failure) {
        throw ClientFailure(Kind::unresolved, "there is no address for " + url.host + ": " + failure.message());
    }
    for (const auto& entry : found) endpoints.push_back(entry.endpoint());
    co_return endpoints;
}

/// What the certificate must be for, and which of the server's certificates is asked for.
void expect_host(SSL* ssl, std::string host) {
    X509_VERIFY_PARAM* const expected = SSL_get0_param(ssl);
    if (X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1) return;
    ERR_clear_error();
    X509_VERIFY_PARAM_set1_host(expected, host.c_str(), 0);
    // The macro SSL_set_tlsext_host_name does this with a C-style cast.
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
}

ClientFailure handshake_failure(SSL* ssl, const boost::system::error_code& code, const ClientRequest& request) {
    const std::string server = request.url.endpoint();
    const long reason = SSL_get_verify_result(ssl);
    if (reason == X509_V_ERR_HOSTNAME_MISMATCH || reason == X509_V_ERR_IP_ADDRESS_MISMATCH) {
        return {Kind::untrusted, "the certificate of " + server + " is for another host than " + request.url.host};
    }
    if (reason != X509_V_OK) {
        return {Kind::untrusted, "the certificate of " + server +
                                     " is not trusted: " + X509_verify_cert_error_string(reason) + "; trusted are " +
                                     request.tls->trusted() + ". AWS_CA_BUNDLE can name a file with its CA"};
    }
    const int error = ERR_GET_REASON(static_cast<unsigned long>(code.value()));
    const bool is_plain = code.category() == asio::error::get_ssl_category() &&
                          (error == SSL_R_WRONG_VERSION_NUMBER || error == SSL_R_HTTP_REQUEST);
    return {Kind::no_tls, server + (is_plain ? " does not answer in TLS: is its URL http://?"
                                             : " fails the TLS handshake: " + reason_of(code))};
}

}  // namespace

std::string limit_text(std::chrono::milliseconds limit) {
    const auto count = limit.count();
    return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

void throw_if_late(const boost::system::error_code& code, const ClientDeadline& deadline, const Url& url,
                   const ClientLimits& limits, const std::string& what, std::chrono::milliseconds limit) {
    if (code != asio::error::operation_aborted || !deadline.has_passed()) return;
    if (deadline.has_exchange_passed()) {
        throw ClientFailure(Kind::timed_out, "the whole exchange with " + url.endpoint() + " took more than " +
                                                 limit_text(*limits.whole));
    }
    throw ClientFailure(Kind::timed_out, url.endpoint() + ' ' + what + ' ' + limit_text(limit));
}

awaitable<void> connect(tcp::socket& socket, const Url& url, const ClientLimits& limits, ClientDeadline& deadline) {
    const std::vector<tcp::endpoint> endpoints = co_await resolve(url);
    std::string reasons;
    bool is_late = false;
    for (const tcp::endpoint& endpoint : endpoints) {
        boost::system::error_code code;
        socket.close(code);
        socket.open(endpoint.protocol(), code);
        if (!code) {
            deadline.start(socket, limits.connect);
            std::tie(code) = co_await socket.async_connect(endpoint, as_code);
        }
        if (!code) {
            socket.set_option(tcp::no_delay(true), code);
            co_return;
        }
        const bool is_this_late = code == asio::error::operation_aborted && deadline.has_passed();
        if (deadline.has_exchange_passed()) throw_if_late(code, deadline, url, limits, "", limits.connect);
        is_late = is_late || is_this_late;
        const std::string reason = is_this_late ? "no answer within " + limit_text(limits.connect) : code.message();
        const std::string address = endpoints.size() > 1 ? endpoint.address().to_string() + ": " : "";
        reasons.append(reasons.empty() ? "" : "; ").append(address).append(reason);
    }
    throw ClientFailure(is_late ? Kind::timed_out : Kind::not_connected,
                        "cannot connect to " + url.endpoint() + ": " + reasons);
}

awaitable<void> shake_hands(TlsStream& stream, const ClientRequest& request, const ClientLimits& limits,
                            ClientDeadline& deadline) {
    expect_host(stream.native_handle(), request.url.host);
    deadline.start(stream.next_layer(), limits.connect);
    const auto [code] = co_await stream.async_handshake(asio::ssl::stream_base::client, as_code);
    if (!code) co_return;
    throw_if_late(code, deadline, request.url, limits, "has not finished the TLS handshake within", limits.connect);
    throw handshake_failure(stream.native_handle(), code, request);
}

}  // namespace plocal::http
