#include "server/base/address.h"

#include <array>

#include <arpa/inet.h>

namespace plocal::base {

bool is_address(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> parsed{};
    return inet_pton(AF_INET, text.c_str(), parsed.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), parsed.data()) == 1;
}

}  // namespace plocal::base
