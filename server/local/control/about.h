// What the server can tell of itself, beside its world.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace plocal::control {

struct Https {
    std::uint16_t port = 0;
    std::string ca_file;         // where the authority's certificate lies; empty where it is in memory alone
    std::string ca_certificate;  // PEM; empty where the server's certificate is not of its own making
};

struct About {
    std::string version;         // the program's
    std::optional<Https> https;  // where it is served
};

}  // namespace plocal::control
