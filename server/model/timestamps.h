// Timestamps that people write: ISO-8601, as the CLI prints them, or seconds since 1970, as the service sends them.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/model/shape.h"

namespace plocal::model {

inline constexpr std::string_view timestamp_form = "an ISO-8601 date and time, or seconds since 1970";

/// Returns nothing for a value of another form.
std::optional<base::Instant> read_timestamp(const base::Json& json);

/// Changes every timestamp in `json`, a value of this shape, into milliseconds since 1970. One that cannot be read
/// becomes null and a problem. Members that the shape does not have stay as they are.
void normalize_timestamps(const Shape& shape, base::Json& json, std::vector<base::Problem>& problems);

}  // namespace plocal::model
