// The dates of signatures, as text and back. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace plocal::signing {

/// `20150830T123600Z`
std::string basic_iso8601(std::chrono::sys_seconds moment);

/// Nothing if the text is not of exactly that form, or no moment.
std::optional<std::chrono::sys_seconds> parse_basic_iso8601(std::string_view text);

/// `Sun, 30 Aug 2015 12:36:00 GMT`, as HTTP writes dates. Nothing for any other text; the day of the week is ignored.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace plocal::signing
