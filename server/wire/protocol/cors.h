// Cross-origin resource sharing: which web pages may call the server and read its responses. Pure.
// https://fetch.spec.whatwg.org/#http-cors-protocol
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/wire/protocol/message.h"

namespace plocal::protocol {

/// True for localhost, its subdomains, 127.0.0.1 and [::1], with any scheme and port.
bool is_local_origin(std::string_view origin);

/// The origins whose pages may call the server: local ones always, and the listed ones.
struct Origins {
    std::vector<std::string> others;  // "https://app.example"; "*" admits every origin

    /// False for an empty origin, which a request has that comes from no page.
    bool admit(std::string_view origin) const;
};

/// The response to an OPTIONS request for any path. A page of an admitted origin gets what it may send.
Response options_answer(const Request& request, const Origins& origins);

/// Adds the headers that let the page behind the request read the response. Adds nothing if the request comes from no
/// page, or from one of another origin.
void allow_origin(const Request& request, const Origins& origins, Response& response);

}  // namespace plocal::protocol
