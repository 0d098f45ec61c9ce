#include "server/service/resources/page.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "server/model/api_error.h"

namespace plocal::resources {
namespace {

// The check value is not a secret. It detects damage, and tokens of other queries.
constexpr std::size_t check_bytes = 9;

std::string base64_encoded(const std::string& bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const auto* const from = reinterpret_cast<const unsigned char*>(bytes.data());
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), from, static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> base64_decoded(std::string_view base64_text) {
    std::string bytes(base64_text.size() / 4 * 3 + 3, '\0');
    const auto* const from = reinterpret_cast<const unsigned char*>(base64_text.data());
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), from, static_cast<int>(base64_text.size()));
    if (size < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(size));
    return bytes;
}

std::int64_t take_number(std::string_view& text) {
    std::int64_t number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    if (text.starts_with(' ')) text.remove_prefix(1);
    return error == std::errc{} ? number : 0;
}

}  // namespace

std::string query_identity(const storage::Page& page) {
    std::string identity = page.kind;
    for (const auto& part : {page.scope.account, page.scope.region, page.parent}) {
        identity.append("\n").append(part.value_or("*"));
    }
    return identity;
}

std::string make_token(const storage::Position& position, std::string_view query) {
    std::string bytes = std::to_string(position.created.time_since_epoch().count());
    bytes.append(" ").append(std::to_string(position.place)).append(" ");
    const std::string checked = bytes + std::string(query);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(checked.data()), checked.size(), digest.data());
    bytes.append(reinterpret_cast<const char*>(digest.data()), check_bytes);
    return base64_encoded(bytes);
}

storage::Position read_token(std::string_view token, std::string_view query) {
    if (const std::optional<std::string> bytes = base64_decoded(token)) {
        std::string_view rest = *bytes;
        const std::chrono::milliseconds created(take_number(rest));
        const storage::Position position{base::Instant(created), take_number(rest)};
        if (make_token(position, query) == token) return position;
    }
    throw model::ApiError("InvalidNextTokenException", "The token is not valid.",
                          "nextToken is damaged or belongs to another query", model::Evidence::documented);
}

}  // namespace plocal::resources
