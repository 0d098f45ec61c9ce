#include "server/wire/signing/digest.h"

#include <array>
#include <span>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "server/base/text.h"

namespace plocal::signing {
namespace {

using Digest = std::array<unsigned char, 32>;

std::span<const unsigned char> bytes_of(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

Digest hmac(std::span<const unsigned char> key, std::string_view text) {
    Digest digest{};
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text).data(), text.size(), digest.data(),
             nullptr) == nullptr) {
        throw std::runtime_error("OpenSSL has no HMAC with SHA-256");
    }
    return digest;
}

std::string in_hexadecimal(const Digest& digest) {
    std::string text;
    text.reserve(2 * digest.size());
    for (const unsigned byte : digest) {
        text += base::hexadecimal_digits[byte >> 4U];
        text += base::hexadecimal_digits[byte & 15U];
    }
    return text;
}

}  // namespace

std::string CredentialScope::text() const {
    std::string joined(date);
    for (const std::string_view part : {region, service, terminator}) (joined += '/') += part;
    return joined;
}

std::string sha256(std::string_view text) {
    Digest digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL has no SHA-256");
    }
    return in_hexadecimal(digest);
}

std::string signature_of(std::string_view secret, const CredentialScope& scope, std::string_view string_to_sign) {
    const std::string first = "AWS4" + std::string(secret);
    Digest key = hmac(bytes_of(first), scope.date);
    for (const std::string_view part : {scope.region, scope.service, scope.terminator}) key = hmac(key, part);
    return in_hexadecimal(hmac(key, string_to_sign));
}

bool is_same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace plocal::signing
