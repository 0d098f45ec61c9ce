// What browsers ask before they let a page read an answer. Pure.
#pragma once

#include <string_view>

#include "server/protocol/message.h"

namespace plocal::protocol {

/// Whether a page of this origin may talk to us: any scheme and port of localhost, its subdomains and the loopback
/// addresses.
bool is_local_origin(std::string_view origin);

/// The answer to OPTIONS, whatever is asked about.
Response options_answer(const Request& request);

/// Lets a local page read this answer; does nothing where the request comes from no page, or from a foreign one.
void allow_origin(const Request& request, Response& response);

}  // namespace plocal::protocol
