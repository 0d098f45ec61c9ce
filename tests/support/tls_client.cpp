#include "tests/support/tls_client.h"

#include <array>
#include <csignal>
#include <stdexcept>

#include <boost/asio/error.hpp>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace plocal::test {
namespace {

void trust(SSL_CTX* context, const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                            BIO_free_all);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), X509_free);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
}

void offer_protocols(SSL* ssl, const std::vector<std::string>& protocols) {
    std::vector<unsigned char> list;
    for (const std::string& protocol : protocols) {
        list.push_back(static_cast<unsigned char>(protocol.size()));
        list.insert(list.end(), protocol.begin(), protocol.end());
    }
    if (!list.empty()) SSL_set_alpn_protos(ssl, list.data(), static_cast<unsigned>(list.size()));
}

void expect_name(SSL* ssl, const std::string& name) {
    X509_VERIFY_PARAM* const expected = SSL_get0_param(ssl);
    if (X509_VERIFY_PARAM_set1_ip_asc(expected, name.c_str()) == 1) return;
    // The macro SSL_set_tlsext_host_name does this with a C-style cast.
    std::string sent = name;
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, sent.data());
    X509_VERIFY_PARAM_set1_host(expected, name.c_str(), 0);
}

std::string last_error() {
    const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
    return reason == nullptr ? "the connection ended" : reason;
}

}  // namespace

TlsClient::TlsClient(const boost::asio::ip::tcp::endpoint& server, const TlsClientOptions& options)
    : HttpClient(server), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    std::signal(SIGPIPE, SIG_IGN);                  // a closed connection fails one test instead of ending the process
    SSL_CTX_set_security_level(context_.get(), 0);  // the client accepts any version, so the server decides
    SSL_CTX_set_min_proto_version(context_.get(), options.oldest_version);
    SSL_CTX_set_max_proto_version(context_.get(), options.newest_version);
    trust(context_.get(), options.authority);
    ssl_.reset(SSL_new(context_.get()));
    offer_protocols(ssl_.get(), options.protocols);
    expect_name(ssl_.get(), options.name);
    if (options.session != nullptr) SSL_set_session(ssl_.get(), options.session);
    SSL_set_fd(ssl_.get(), socket().native_handle());
    ERR_clear_error();
    if (SSL_connect(ssl_.get()) != 1) throw std::runtime_error("no handshake: " + last_error());
}

void TlsClient::send(std::string_view bytes) {
    if (SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) <= 0) {
        throw std::runtime_error("not sent: " + last_error());
    }
}

std::string TlsClient::protocol() const {
    const unsigned char* bytes = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &bytes, &size);
    return {bytes, bytes + size};
}

std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> TlsClient::session() const {
    return {SSL_get1_session(ssl_.get()), SSL_SESSION_free};
}

bool TlsClient::read_some(std::string& unread, boost::system::error_code& end) {
    if (SSL_pending(ssl_.get()) == 0) wait_readable();
    std::array<char, 16384> bytes{};
    const int size = SSL_read(ssl_.get(), bytes.data(), bytes.size());
    if (size > 0) {
        unread.append(bytes.data(), static_cast<std::size_t>(size));
        return true;
    }
    if (received_close_notify()) {
        end = boost::asio::error::eof;
    } else {
        end = boost::asio::error::connection_reset;
    }
    return false;
}

}  // namespace plocal::test
