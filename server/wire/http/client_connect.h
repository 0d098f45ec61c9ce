// How the client reaches a server: resolving, connecting, TLS. Used on one executor that runs one handler at a time.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "server/wire/http/client_deadline.h"
#include "server/wire/http/client_request.h"

namespace plocal::http {

/// Ends a request within the client. send_request() turns it into its result.
class ClientFailure : public std::exception {
public:
    ClientFailure(ClientError::Kind kind, std::string text) : error_{kind, std::move(text)} {}
    const ClientError& error() const { return error_; }
    const char* what() const noexcept override { return error_.text.c_str(); }

private:
    ClientError error_;
};

/// "2 s" or "1500 ms".
std::string limit_text(std::chrono::milliseconds limit);

/// Throws ClientFailure if the operation that ended with this code ran into a deadline; `what` is said of the server
/// then, with the limit behind it: "has sent nothing for".
void throw_if_late(const boost::system::error_code& code, const ClientDeadline& deadline, const Url& url,
                   const ClientLimits& limits, const std::string& what, std::chrono::milliseconds limit);

/// Connects to the first address of the host that accepts it. Throws ClientFailure with the reason of each address.
boost::asio::awaitable<void> connect(boost::asio::ip::tcp::socket& socket, const Url& url, const ClientLimits& limits,
                                     ClientDeadline& deadline);

/// Does the TLS handshake and checks that the certificate is trusted and is for the URL's host. Throws ClientFailure.
boost::asio::awaitable<void> shake_hands(boost::asio::ssl::stream<boost::asio::ip::tcp::socket>& stream,
                                         const ClientRequest& request, const ClientLimits& limits,
                                         ClientDeadline& deadline);

}  // namespace plocal::http
