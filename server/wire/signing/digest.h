// The arithmetic of Signature Version 4: hashes, signatures, and the comparison of secrets. Pure.
#pragma once

#include <string>
#include <string_view>

namespace plocal::signing {

/// The parts of a credential, `KEY/20150830/us-east-1/personalize/aws4_request`. The texts must outlive it.
struct CredentialScope {
    std::string_view access_key;
    std::string_view date;
    std::string_view region;
    std::string_view service;
    std::string_view terminator;

    /// All parts but the key, as they are signed.
    std::string text() const;
};

/// Hexadecimal digits in lower case. Throws std::runtime_error if OpenSSL has no SHA-256.
std::string sha256(std::string_view text);

/// The signature of a string to sign: hexadecimal digits in lower case. Throws as sha256.
std::string signature_of(std::string_view secret, const CredentialScope& scope, std::string_view string_to_sign);

/// Compares texts of equal length in the same time, wherever they differ.
bool is_same_secret(std::string_view one, std::string_view other);

}  // namespace plocal::signing
