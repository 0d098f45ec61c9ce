// Who may reach `/_local/` through a browser: pages of this machine, and others that have been named. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::control {

/// Whether a Host header names us, whatever the port: an address, localhost, a name without a dot, *.local, *.internal
/// or *.svc, or one of `others`, where "*" is any. Any other name may have been pointed at this machine by a foreign
/// page (DNS rebinding).
bool is_own_host(std::string_view host, const std::vector<std::string>& others);

}  // namespace plocal::control
