#include "server/wire/http/tls.h"

#include <cstring>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "server/base/problem.h"

namespace plocal::http {
namespace {

namespace ssl = boost::asio::ssl;
using Part = TlsError::Part;

[[noreturn]] void refuse_certificate(const std::string& text, const boost::system::error_code& code) {
    const bool is_there = text.find("-----BEGIN CERTIFICATE-----") != std::string::npos;
    throw TlsError(Part::certificate,
                   base::mismatch("a certificate in PEM", is_there ? "one that cannot be used: " + reason_of(code)
                                                                   : "no \"-----BEGIN CERTIFICATE-----\" in it"));
}

TlsError bad_key(std::string_view found) {
    return {Part::key, base::mismatch("the certificate's private key in PEM", found)};
}

[[noreturn]] void refuse_key(const std::string& text, const boost::system::error_code& code) {
    const auto has = [&text](std::string_view part) { return text.find(part) != std::string::npos; };
    if (has("ENCRYPTED")) throw bad_key("one with a passphrase; openssl pkey -in FILE -out OTHER takes it off");
    if (!has("PRIVATE KEY-----")) throw bad_key("no \"-----BEGIN PRIVATE KEY-----\" in it");
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(code.value()));
    if (reason == X509_R_KEY_VALUES_MISMATCH || reason == X509_R_KEY_TYPE_MISMATCH ||
        reason == SSL_R_NO_CERTIFICATE_ASSIGNED) {
        throw bad_key("the key of another certificate; give the one that belongs to it");
    }
    throw bad_key("one that cannot be used: " + reason_of(code));
}

/// Chooses HTTP/1.1 among the protocols that a client offers. A client that offers others only is refused.
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
    // Without this, OpenSSL asks the terminal for a passphrase and waits.
    context_.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); });
    boost::system::error_code code;
    context_.use_certificate_chain(boost::asio::buffer(certified.certificate), code);
    if (code) refuse_certificate(certified.certificate, code);
    context_.use_private_key(boost::asio::buffer(certified.key), ssl::context::pem, code);
    // OpenSSL compares the key with the certificate by itself only if both are of one type.
    if (!code && SSL_CTX_check_private_key(context_.native_handle()) != 1) {
        code = boost::system::error_code(static_cast<int>(ERR_get_error()), boost::asio::error::get_ssl_category());
    }
    ERR_clear_error();
    if (code) refuse_key(certified.key, code);
    SSL_CTX* const native = context_.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // an idle connection needs no buffers
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    static constexpr std::string_view resumable = "personalize-local";
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what OpenSSL calls text
    SSL_CTX_set_session_id_context(native, reinterpret_cast<const unsigned char*>(resumable.data()), resumable.size());
}

}  // namespace plocal::http
