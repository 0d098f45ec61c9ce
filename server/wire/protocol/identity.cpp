#include "server/wire/protocol/identity.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/base/account_id.h"
#include "server/base/text.h"

namespace plocal::protocol {
namespace {

/// The text between `key` and the next character of `ends`; empty if the key is missing.
std::string_view value_after(std::string_view text, std::string_view key, std::string_view ends) {
    const std::size_t at = text.find(key);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + key.size());
    return text.substr(0, text.find_first_of(ends));
}

/// Removes the part before the first slash from the text, with the slash, and returns it. In a URL the slash may be
/// percent-encoded.
std::string_view take_part(std::string_view& text) {
    const std::size_t at = std::min({text.find('/'), text.find("%2F"), text.find("%2f")});
    const std::string_view part = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + (text[at] == '/' ? 1 : 3));
    return part;
}

}  // namespace

Identity identify(const Request& request) {
    std::string_view scope = value_after(request.header("authorization"), "Credential=", ", ");
    if (scope.empty()) scope = value_after(request.target, "X-Amz-Credential=", "& ");
    const std::string_view access_key = take_part(scope);
    take_part(scope);  // the date
    const std::string_view region = take_part(scope);
    const std::string_view service = take_part(scope);
    if (scope != "aws4_request") return {};
    Identity identity{
        .access_key = std::string(access_key), .account = {}, .region = {}, .service = std::string(service)};
    if (base::is_account_id(access_key)) identity.account = access_key;
    if (!region.empty()) identity.region = region;
    return identity;
}

RequestIds::RequestIds() {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    random_.seed(seed);
}

std::string RequestIds::next() {
    std::string id = "00000000-0000-4000-8000-000000000000";
    std::uint64_t bits = 0;
    int digits_left = 0;
    for (std::size_t i = 0; i < id.size(); ++i) {
        if (id[i] != '0' && id[i] != '8') continue;
        if (digits_left == 0) {
            bits = random_();
            digits_left = 16;
        }
        id[i] = id[i] == '8' ? base::hexadecimal_digits[8 + (bits & 3U)] : base::hexadecimal_digits[bits & 15U];
        bits >>= 4U;
        --digits_left;
    }
    return id;
}

}  // namespace plocal::protocol
