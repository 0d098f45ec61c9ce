// Moments as tests write them.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/lifecycle/iso8601.h"
#include "storage/instant.h"

namespace plocal::lifecycle {

/// The moment that a good ISO-8601 text says.
inline storage::Instant at(std::string_view text) {
    return parse_iso8601(text).value();
}

inline storage::Instant at_ms(std::int64_t ms) {
    return storage::Instant(std::chrono::milliseconds(ms));
}

}  // namespace plocal::lifecycle
