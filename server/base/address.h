// Literal IP addresses. Pure.
#pragma once

#include <string>

namespace plocal::base {

/// Returns true if the text is an IPv4 or IPv6 address, without brackets and port.
bool is_address(const std::string& text);

}  // namespace plocal::base
