// Decides whether a browser may reach `/_local/` under a host name. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::control {

/// Returns true where a Host header names this machine, whatever the port: an address, localhost, a name without a dot,
/// *.localhost, *.local, *.internal or *.svc, or one of `others`, of which "*" allows any. A page from elsewhere can
/// make any other name point at this machine (DNS rebinding). An empty header is allowed: browsers always send one.
bool is_own_host(std::string_view host, const std::vector<std::string>& others);

}  // namespace plocal::control
