// What HTTPS needs beyond HTTP: a certificate with its key, as a context that all encrypted connections share.
#pragma once

#include <stdexcept>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "server/wire/http/certificate.h"

namespace plocal::http {

/// What was expected and found instead, of a certificate or its key; whence it came is the caller's to say.
class TlsError : public std::runtime_error {
public:
    enum class Part { certificate, key };
    TlsError(Part part, const std::string& what) : std::runtime_error(what), part_(part) {}
    Part part() const { return part_; }

private:
    Part part_;
};

/// TLS 1.2 and 1.3, with sessions that a client may resume. The certificate may have its chain behind it.
class Tls {
public:
    /// Throws TlsError for PEM that is none, and a key that is of another certificate.
    explicit Tls(const CertifiedKey& certified);

    /// For connections on any thread; outlives them all.
    boost::asio::ssl::context& context() { return context_; }

private:
    boost::asio::ssl::context context_{boost::asio::ssl::context::tls_server};
};

/// What went wrong, in OpenSSL's words where it is OpenSSL's.
std::string reason_of(const boost::system::error_code& code);

}  // namespace plocal::http
