// Moments as people and the AWS CLI write them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"

namespace plocal::base {

/// A date, or a date and time with an optional fraction and zone: `2026-01-31`, `2026-01-31T12:00:00Z`,
/// `2026-01-31T12:00:00.123000+01:00`. Without a zone it is UTC. What is finer than a millisecond is cut off. Nothing
/// for any other text, and for days that no month has.
std::optional<base::Instant> parse_iso8601(std::string_view text);

/// `2026-01-31T12:00:00.123Z`; without the fraction where it is zero.
std::string iso8601(base::Instant instant);

/// `Sat, 31 Jan 2026 12:00:00 GMT`, as HTTP dates its messages (RFC 9110, 5.6.7).
std::string http_date(base::Instant instant);

}  // namespace plocal::base
