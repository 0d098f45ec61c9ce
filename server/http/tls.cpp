#include "server/http/tls.h"

#include <cstring>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace plocal::http {
namespace {

namespace ssl = boost::asio::ssl;
using Part = TlsError::Part;

void check_part(Part part, const boost::system::error_code& code, const std::string& expected) {
    if (code) throw TlsError(part, "expected " + expected + ", found another thing: " + reason_of(code));
}

/// The one protocol spoken here, for clients that want to hear of it. A client that has no use for it is refused.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
    static constexpr std::string_view ours = "\x08http/1.1";
    // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast): OpenSSL's
    // signature
    const auto* const bytes = reinterpret_cast<const unsigned char*>(ours.data());
    const int found =
        SSL_select_next_proto(const_cast<unsigned char**>(chosen), size, bytes, ours.size(), offered, offered_size);
    // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast)
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

std::string reason_of(const boost::system::error_code& code) {
    const char* const reason = ERR_reason_error_string(static_cast<unsigned long>(code.value()));
    return code.category() == boost::asio::error::get_ssl_category() && reason != nullptr ? reason : code.message();
}

Tls::Tls(const CertifiedKey& certified) {
    // OpenSSL would ask the terminal for a passphrase, and wait.
    context_.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); });
    boost::system::error_code code;
    context_.use_certificate_chain(boost::asio::buffer(certified.certificate), code);
    check_part(Part::certificate, code, "a certificate in PEM");
    context_.use_private_key(boost::asio::buffer(certified.key), ssl::context::pem, code);
    check_part(Part::key, code, "the certificate's private key in PEM, without a passphrase");
    SSL_CTX* const native = context_.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // an idle connection needs none
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    static constexpr std::string_view resumable = "personalize-local";
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what OpenSSL calls text
    SSL_CTX_set_session_id_context(native, reinterpret_cast<const unsigned char*>(resumable.data()), resumable.size());
}

}  // namespace plocal::http
