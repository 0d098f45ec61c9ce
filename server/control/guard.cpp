#include "server/control/guard.h"

#include <algorithm>
#include <array>
#include <string>

#include <arpa/inet.h>

namespace plocal::control {

bool is_own_host(std::string_view host, const std::vector<std::string>& others) {
    if (host.empty() || host.front() == '[') return true;  // an IPv6 address, or a client that names nobody
    const std::string name(host.substr(0, host.find(':')));
    std::array<unsigned char, sizeof(in_addr)> address{};
    if (inet_pton(AF_INET, name.c_str(), address.data()) == 1) return true;
    if (name.find('.') == std::string::npos) return true;
    for (const std::string_view own : {".local", ".internal", ".svc", ".localhost"}) {
        if (name.ends_with(own)) return true;
    }
    return std::ranges::any_of(others, [&name](const std::string& other) { return other == "*" || other == name; });
}

}  // namespace plocal::control
