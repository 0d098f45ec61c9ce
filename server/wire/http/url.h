// URLs of HTTP servers. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plocal::http {

struct Url {
    bool is_https = false;
    std::string host;          // a name or a literal address, an IPv6 one without brackets
    std::string port;          // a number: 80 or 443 if the text has none
    std::string target = "/";  // path and query, percent-encoded

    /// The host, in brackets if it is an IPv6 address, with the port: "[::1]:7377".
    std::string endpoint() const;

    /// What the header `host` says: like endpoint(), but without the port if it is the scheme's default.
    std::string host_header() const;
};

/// Reads http://HOST[:PORT][/PATH][?QUERY] or the same with https. Returns nothing for any other text, and for one with
/// a user, a space, a control character or a port that is not within 1 and 65535. Drops a fragment.
std::optional<Url> parse_url(std::string_view text);

}  // namespace plocal::http
