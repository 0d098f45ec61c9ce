// What browsers ask before they let a page read an answer. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/wire/protocol/message.h"

namespace plocal::protocol {

/// Whether a page of this origin may talk to us: any scheme and port of localhost, its subdomains and the loopback
/// addresses.
bool is_local_origin(std::string_view origin);

/// Whose pages may talk to us: local ones, and those of these origins, "https://app.example"; "*" for all.
struct Origins {
    std::vector<std::string> others;

    bool admit(std::string_view origin) const;
};

/// The answer to OPTIONS, whatever is asked about.
Response options_answer(const Request& request, const Origins& origins);

/// Lets a page that may talk to us read this answer; does nothing where the request comes from no page, or from a
/// foreign one.
void allow_origin(const Request& request, const Origins& origins, Response& response);

}  // namespace plocal::protocol
