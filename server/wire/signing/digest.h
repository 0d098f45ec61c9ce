// The arithmetic of Signature Version 4: hashes, the signature itself, and comparing secrets. Pure.
#pragma once

#include <string>
#include <string_view>

namespace plocal::signing {

/// What a credential is good for, and whose it is: the parts of `KEY/20150830/us-east-1/personalize/aws4_request`.
struct CredentialScope {
    std::string_view access_key;
    std::string_view date;
    std::string_view region;
    std::string_view service;
    std::string_view terminator;

    /// All behind the key, as it is signed.
    std::string text() const;
};

/// In lower-case hexadecimal digits. Throws std::runtime_error where OpenSSL has no SHA-256.
std::string sha256(std::string_view text);

/// The signature of a string to sign, in lower-case hexadecimal digits. Throws as sha256 does.
std::string signature_of(std::string_view secret, const CredentialScope& scope, std::string_view string_to_sign);

/// Takes the same time wherever texts of one length differ.
bool is_same_secret(std::string_view one, std::string_view other);

}  // namespace plocal::signing
