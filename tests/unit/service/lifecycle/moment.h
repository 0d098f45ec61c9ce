// Moments as tests write them.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/base/instant.h"
#include "server/base/iso8601.h"

namespace plocal::lifecycle {

/// The moment that a good ISO-8601 text says.
inline base::Instant at(std::string_view text) {
    return base::parse_iso8601(text).value();
}

inline base::Instant at_ms(std::int64_t ms) {
    return base::Instant(std::chrono::milliseconds(ms));
}

}  // namespace plocal::lifecycle
