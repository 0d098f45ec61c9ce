#include "server/control/guard.h"

#include <algorithm>
#include <array>
#include <string>

#include <arpa/inet.h>

namespace plocal::control {

namespace {

bool is_address(int family, const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(family, text.c_str(), address.data()) == 1;
}

/// Without the port and the dot that may end a name, in small letters.
std::string name_of(std::string_view host) {
    std::string name(host.substr(0, host.find(':')));
    if (name.ends_with('.')) name.pop_back();
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return name;
}

}  // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& others) {
    if (host.empty()) return true;  // a client that names nobody
    if (host.front() == '[') return is_address(AF_INET6, std::string(host.substr(1, host.find(']') - 1)));
    const std::string name = name_of(host);
    if (is_address(AF_INET, name) || name.find('.') == std::string::npos) return true;
    for (const std::string_view own : {".local", ".internal", ".svc", ".localhost"}) {
        if (name.ends_with(own)) return true;
    }
    return std::ranges::any_of(others,
                               [&name](const std::string& other) { return other == "*" || name_of(other) == name; });
}

}  // namespace plocal::control
