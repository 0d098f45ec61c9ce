// The CAs that a client trusts, in a context that its encrypted connections share. Constructed on any thread, then used
// by connections on any thread.
#pragma once

#include <string>
#include <vector>

#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>

namespace plocal::http {

/// Which CAs to trust.
struct Trust {
    /// A file with CA certificates in PEM, instead of the system's: what AWS_CA_BUNDLE names. Empty for the system's.
    std::string bundle_file;

    /// Files with more of them. Those that do not exist or cannot be read are skipped.
    std::vector<std::string> more_files;
};

class ClientTls {
public:
    /// Throws TlsError if the bundle cannot be read or has no certificate. The system's CAs are those that
    /// SSL_CERT_FILE and SSL_CERT_DIR name, or else the first bundle at a place where a Linux distribution keeps it: a
    /// static OpenSSL knows only the place of the system that it was built on.
    explicit ClientTls(const Trust& trust = {});

    boost::asio::ssl::context& context() { return context_; }

    /// Which CAs are trusted, for messages: "the CAs in /etc/ssl/certs/ca-certificates.crt".
    const std::string& trusted() const { return trusted_; }

private:
    void add_bundle(const std::string& file);
    void add_system();
    bool add(const std::string& file);

    boost::asio::ssl::context context_{boost::asio::ssl::context::tls_client};
    std::string trusted_;
};

}  // namespace plocal::http
