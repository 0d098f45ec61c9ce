// The client of http_client.h over TLS. It trusts one CA only.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/ssl.h>

#include "tests/support/http_client.h"

namespace plocal::test {

struct TlsClientOptions {
    std::string authority;           // PEM of the CA that the client trusts
    std::string name = "localhost";  // host name or address that the server's certificate must have
    int oldest_version = TLS1_2_VERSION;
    int newest_version = TLS1_3_VERSION;
    std::vector<std::string> protocols;  // offered by ALPN; none if empty
    SSL_SESSION* session = nullptr;      // to resume
};

class TlsClient : public HttpClient {
public:
    /// Throws std::runtime_error if the handshake fails.
    TlsClient(const boost::asio::ip::tcp::endpoint& server, const TlsClientOptions& options);

    void send(std::string_view bytes) override;

    int version() const { return SSL_version(ssl_.get()); }
    bool has_resumed() const { return SSL_session_reused(ssl_.get()) == 1; }

    /// The protocol that the server has chosen among those offered.
    std::string protocol() const;

    /// The session, to be resumed later. With TLS 1.3 there is one only after something was read.
    std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> session() const;

    /// Whether the server has sent close_notify.
    bool received_close_notify() const { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

protected:
    bool read_some(std::string& unread, boost::system::error_code& end) override;

private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
};

}  // namespace plocal::test
