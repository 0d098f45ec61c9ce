// Timestamps in fixtures: ISO-8601 as the CLI prints them, or seconds since 1970 as the wire carries them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/model/shape.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::snapshot {

inline constexpr std::string_view timestamp_form = "an ISO-8601 date and time, or seconds since 1970";

std::optional<base::Instant> read_timestamp(const base::Json& json);

/// Turns every timestamp inside `json`, which is of this shape, into milliseconds since 1970. What cannot be read is
/// added to `problems` and becomes null; what has no place in the shape is left alone.
void normalize_timestamps(const model::Shape& shape, base::Json& json, const std::string& pointer,
                          std::vector<base::Problem>& problems);

}  // namespace plocal::snapshot
