// The server's TLS settings: a certificate with its key, in a context that all encrypted connections share.
#pragma once

#include <stdexcept>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "server/wire/http/certificate.h"

namespace plocal::http {

/// What was expected of a certificate or a key, and what was found. The caller adds which file it is.
class TlsError : public std::runtime_error {
public:
    enum class Part { certificate, key };
    TlsError(Part part, const std::string& what) : std::runtime_error(what), part_(part) {}
    Part part() const { return part_; }

private:
    Part part_;
};

/// TLS 1.2 and 1.3, with sessions that a client may resume. The certificate's chain may follow it in the text.
class Tls {
public:
    /// Throws TlsError for text that is not PEM, and for a key that belongs to another certificate.
    explicit Tls(const CertifiedKey& certified);

    /// For connections on any thread. It must outlive them.
    boost::asio::ssl::context& context() { return context_; }

private:
    boost::asio::ssl::context context_{boost::asio::ssl::context::tls_server};
};

/// The text of an error, in OpenSSL's words if the error is OpenSSL's.
std::string reason_of(const boost::system::error_code& code);

}  // namespace plocal::http
