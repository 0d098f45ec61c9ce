// Certificates of our own making: an authority that a tester has his clients trust, and what it vouches for. Pure, but
// for the keys, which are drawn at random, and the dates, which are the machine's: a client checks them by its own
// clock.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::http {

/// A certificate and its private key, both PEM.
struct CertifiedKey {
    std::string certificate;
    std::string key;
};

/// A new authority of this name, good for ten years. Its key is of the curve P-256, which all SDKs understand.
CertifiedKey make_authority(std::string_view name);

/// Whether this is an authority as make_authority() makes them, that outlives what issue() makes now.
bool is_good_authority(const CertifiedKey& authority);

/// The common name of the first certificate in a PEM text; empty where there is none.
std::string name_of(const std::string& pem);

/// What a client will hold against the dates of a certificate: "expired on 2026-01-31", "is not good before
/// 2026-03-01". Empty where it finds nothing.
std::string fault_of_dates(const std::string& pem);

/// A new certificate for a server that is known by these names and literal addresses, good for 397 days: the most that
/// browsers take. The chain is the certificate alone; clients have the authority's. Throws std::runtime_error for an
/// authority that is none.
CertifiedKey issue(const CertifiedKey& authority, const std::vector<std::string>& names);

}  // namespace plocal::http
