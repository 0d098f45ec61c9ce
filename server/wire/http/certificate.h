// Makes certificates: a CA that a tester's clients trust, and server certificates that it signs. Pure, except that keys
// are random and dates come from the machine's clock, which is the one that clients check them by.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::http {

/// A certificate and its private key, both as PEM.
struct CertifiedKey {
    std::string certificate;
    std::string key;
};

/// A new CA of this name, valid for ten years. Its key is on the curve P-256, which all SDKs support.
CertifiedKey make_authority(std::string_view name);

/// Whether this is a CA as make_authority() makes them, and is valid for longer than what issue() makes now.
bool is_good_authority(const CertifiedKey& authority);

/// The common name of the first certificate in a PEM text; empty if there is none.
std::string name_of(const std::string& pem);

/// What a client will find wrong with the dates of a certificate: "expired on 2026-01-31" or "is not good before
/// 2026-03-01". Empty if the certificate is valid now, or if the text is not a certificate.
std::string fault_of_dates(const std::string& pem);

/// A new certificate for a server with these host names and literal addresses, valid for 397 days: browsers accept no
/// more. The text is this one certificate, because clients have that of the CA. Throws std::runtime_error if
/// `authority` cannot be read.
CertifiedKey issue(const CertifiedKey& authority, const std::vector<std::string>& names);

}  // namespace plocal::http
