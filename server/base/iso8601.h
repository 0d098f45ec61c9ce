// Reads and writes points in time: ISO 8601 as the AWS CLI writes it, and HTTP dates. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"

namespace plocal::base {

/// Reads a date, or a date and time with an optional fraction and zone: `2026-01-31`, `2026-01-31T12:00:00Z`,
/// `2026-01-31T12:00:00.123000+01:00`. The zone defaults to UTC. Digits beyond milliseconds are cut off. Returns
/// nothing for any other text, and for a date that does not exist.
std::optional<Instant> parse_iso8601(std::string_view text);

/// Returns `2026-01-31T12:00:00.123Z`, without the fraction if it is zero.
std::string iso8601(Instant instant);

/// Returns `Sat, 31 Jan 2026 12:00:00 GMT`, the date form of HTTP messages (RFC 9110, 5.6.7).
std::string http_date(Instant instant);

}  // namespace plocal::base
