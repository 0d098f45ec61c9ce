#include "server/wire/http/url.h"

#include <algorithm>
#include <cstdint>

#include "server/base/text.h"

namespace plocal::http {

namespace {

/// Takes off a prefix without regard to case. Returns whether it was there.
bool take_scheme(std::string_view& text, std::string_view scheme) {
    if (!base::is_same_in_any_case(text.substr(0, scheme.size()), scheme)) return false;
    text.remove_prefix(scheme.size());
    return true;
}

/// Whether the text can stand in a request line.
bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_port(std::string_view text) {
    return base::parse_number<std::uint16_t>(text).value_or(0) > 0 && std::ranges::all_of(text, base::is_digit);
}

/// Splits HOST[:PORT] or [ADDRESS][:PORT].
bool split_authority(std::string_view authority, Url& url) {
    std::string_view port;
    const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
    const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    std::string_view host = authority.substr(0, colon);
    if (authority.starts_with('[')) {
        if (!host.ends_with(']')) return false;
        host = host.substr(1, host.size() - 2);
    }
    if (colon != std::string_view::npos) port = authority.substr(colon + 1);
    url.host = host;
    if (colon != std::string_view::npos) url.port = port;
    return !host.empty() && host.find_first_of("@[]") == std::string_view::npos && is_port(url.port);
}

}  // namespace

std::string Url::endpoint() const {
    return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port;
}

std::string Url::host_header() const {
    const std::string whole = endpoint();
    return port == (is_https ? "443" : "80") ? whole.substr(0, whole.size() - port.size() - 1) : whole;
}

std::optional<Url> parse_url(std::string_view text) {
    Url url;
    url.is_https = take_scheme(text, "https://");
    if (!url.is_https && !take_scheme(text, "http://")) return std::nullopt;
    if (!is_plain(text)) return std::nullopt;
    url.port = url.is_https ? "443" : "80";
    text = text.substr(0, text.find('#'));
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    const std::string_view target = text.substr(end);
    if (!target.empty()) url.target = (target.front() == '/' ? "" : "/") + std::string(target);
    return split_authority(text.substr(0, end), url) ? std::optional(url) : std::nullopt;
}

}  // namespace plocal::http
