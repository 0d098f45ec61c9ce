// Decides which web pages may make requests, and under which host names a browser may reach `/_local/`. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/wire/protocol/cors.h"
#include "server/wire/protocol/message.h"

namespace plocal::control {

/// Which browsers may use the server, beside those on names and pages of this machine.
struct Access {
    std::vector<std::string> hosts;  // more names for the Host header of calls under `/_local/`; "*" for any
    protocol::Origins origins;
};

/// Returns true where a Host header names this machine, whatever the port: an address, localhost, a name without a dot,
/// *.localhost, *.local, *.internal or *.svc, or one of `others`, of which "*" allows any. A page from elsewhere can
/// make any other name point at this machine (DNS rebinding). An empty header is allowed: browsers always send one.
bool is_own_host(std::string_view host, const std::vector<std::string>& others);

/// Returns true for a request by a web page of another origin that is not admitted. A browser keeps the answer from
/// such a page, but it sends simple requests without asking. A page is one of this server if it has the name under
/// which it makes the request, and the name is one of this machine.
bool is_from_foreign_page(const protocol::Request& request, const Access& access);

}  // namespace plocal::control
