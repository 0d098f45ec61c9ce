#include "server/wire/http/client_tls.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "server/base/problem.h"
#include "server/wire/http/tls.h"

namespace plocal::http {

namespace ssl = boost::asio::ssl;

namespace {

/// Debian and Alpine; Fedora, RHEL and Amazon Linux, new and old; openSUSE; others.
constexpr std::array<const char*, 5> system_bundles = {
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};

bool has_value(const char* name) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing here sets a variable
    return value != nullptr && *value != '\0';
}

}  // namespace

ClientTls::ClientTls(const Trust& trust) {
    context_.set_verify_mode(ssl::verify_peer);
    SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
    if (trust.bundle_file.empty()) {
        add_system();
    } else {
        add_bundle(trust.bundle_file);
    }
    for (const std::string& file : trust.more_files) add(file);
    if (trusted_.empty()) trusted_ = "no CA, because this system has none: AWS_CA_BUNDLE can name a file with some";
    ERR_clear_error();
}

bool ClientTls::add(const std::string& file) {
    std::error_code ignored;
    boost::system::error_code code;
    if (!std::filesystem::is_regular_file(file, ignored)) return false;
    context_.load_verify_file(file, code);
    if (!code) trusted_ += (trusted_.empty() ? "the CAs in " : " and in ") + file;
    return !code;
}

void ClientTls::add_bundle(const std::string& file) {
    if (add(file)) return;
    throw TlsError(TlsError::Part::certificate,
                   base::mismatch("a file with CA certificates in PEM",
                                  (std::filesystem::exists(file) ? "none that can be read in " : "no file ") + file));
}

void ClientTls::add_system() {
    if (has_value("SSL_CERT_FILE") || has_value("SSL_CERT_DIR")) {
        boost::system::error_code ignored;
        context_.set_default_verify_paths(ignored);
        trusted_ = "the CAs in SSL_CERT_FILE and SSL_CERT_DIR";
        return;
    }
    for (const char* const file : system_bundles) {
        if (add(file)) return;
    }
}

}  // namespace plocal::http
