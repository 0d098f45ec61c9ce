// Literal addresses of hosts. Pure.
#pragma once

#include <string>

namespace plocal::base {

/// Whether a text is an address of IPv4 or IPv6, without brackets and port.
bool is_address(const std::string& text);

}  // namespace plocal::base
