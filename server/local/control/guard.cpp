#include "server/local/control/guard.h"

#include <algorithm>
#include <string>

#include "server/base/address.h"
#include "server/base/text.h"

namespace plocal::control {

namespace {

/// Returns the name in lower case, without the port and without a dot at the end.
std::string name_of(std::string_view host) {
    std::string name(host.substr(0, host.find(':')));
    if (name.ends_with('.')) name.pop_back();
    return base::lower(name);
}

}  // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& others) {
    if (host.empty()) return true;
    if (host.front() == '[') return base::is_address(std::string(host.substr(1, host.find(']') - 1)));
    const std::string name = name_of(host);
    if (base::is_address(name) || name.find('.') == std::string::npos) return true;
    for (const std::string_view own : {".local", ".internal", ".svc", ".localhost"}) {
        if (name.ends_with(own)) return true;
    }
    return std::ranges::any_of(others,
                               [&name](const std::string& other) { return other == "*" || name_of(other) == name; });
}

bool is_from_foreign_page(const protocol::Request& request, const Access& access) {
    const std::string_view origin = request.header("origin");
    if (origin.empty() || access.origins.admit(origin)) return false;
    const std::string host(request.header("host"));
    const bool has_our_name = origin == "http://" + host || origin == "https://" + host;
    return !has_our_name || !is_own_host(host, access.hosts);
}

}  // namespace plocal::control
