// Who may reach `/_local/` through a browser: pages of this machine alone. Pure.
#pragma once

#include <string_view>

namespace plocal::control {

/// Whether a Host header names us, whatever the port: an address, localhost, a name without a dot, *.local, *.internal
/// or *.svc. Any other name may have been pointed at this machine by a foreign page (DNS rebinding).
bool is_own_host(std::string_view host);

}  // namespace plocal::control
