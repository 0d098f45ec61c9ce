// How long, on the service's clock, until filters and models see what was put into datasets. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"

namespace plocal::lifecycle {

struct DataDelays {
    std::optional<std::chrono::milliseconds> events = {};
    std::optional<std::chrono::milliseconds> rows = {};  // of items, users and actions

    /// These delays, with `other` for each absent member.
    DataDelays over(const DataDelays& other) const;

    bool operator==(const DataDelays&) const = default;
};

/// Reads `{"events": "2s", "rows": "20m"}`, with any of its members. Adds what is wrong with it.
DataDelays read_data_delays(const base::Json& json, std::vector<base::Problem>& problems);

/// Returns the members that are given.
base::Json to_json(const DataDelays& delays);

}  // namespace plocal::lifecycle
