// The same client over TLS: it trusts one authority and nobody else, and says what came of the handshake.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/ssl.h>

#include "tests/support/http_client.h"

namespace plocal::test {

/// What a client wants of its handshake.
struct TlsWish {
    std::string authority;           // PEM of the one that it trusts
    std::string name = "localhost";  // that the server's certificate must bear; an address counts as one
    int oldest_version = TLS1_2_VERSION;
    int newest_version = TLS1_3_VERSION;
    std::vector<std::string> protocols;  // that it offers to speak within; none for not saying
    SSL_SESSION* session = nullptr;      // to go on with
};

class TlsClient : public HttpClient {
public:
    /// Throws std::runtime_error where the handshake fails.
    TlsClient(const boost::asio::ip::tcp::endpoint& server, const TlsWish& wish);

    void send(std::string_view bytes) override;

    int version() const { return SSL_version(ssl_.get()); }
    bool has_resumed() const { return SSL_session_reused(ssl_.get()) == 1; }

    /// The protocol that the server has chosen of those offered.
    std::string protocol() const;

    /// To go on with later. TLS 1.3 has one only once something was read.
    std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> session() const;

    /// Whether the server has said that nothing more will come.
    bool was_bidden_farewell() const { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

protected:
    bool read_some(std::string& unread, boost::system::error_code& end) override;

private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
};

}  // namespace plocal::test
