// Metrics as Prometheus text, version 0.0.4: requests by operation and result, a histogram of durations, and gauges. On
// the thread that owns the world.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plocal::telemetry {

class Exposition;

inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

/// A service and its operations. All services and operations that are not known are counted as "unknown".
struct MeteredService {
    std::string name;
    std::vector<std::string> operations;
};

struct ResourceCount {
    std::string kind;
    std::string status;
    std::int64_t count = 0;
};

struct JobAmounts {
    std::int64_t bytes = 0;
    std::int64_t lines = 0;
};

/// The present values that other rooms measure. Counts with the same kind and status are added up.
struct Gauges {
    std::vector<ResourceCount> resources;
    std::map<std::string, std::int64_t> rows;  // by kind: "items"
    std::chrono::milliseconds uptime{};
    std::optional<std::int64_t> resident_bytes;
};

class Metrics {
public:
    static constexpr std::array<std::pair<double, std::string_view>, 16> buckets = {{
        {0.0001, "0.0001"},
        {0.00025, "0.00025"},
        {0.0005, "0.0005"},
        {0.001, "0.001"},
        {0.0025, "0.0025"},
        {0.005, "0.005"},
        {0.01, "0.01"},
        {0.025, "0.025"},
        {0.05, "0.05"},
        {0.1, "0.1"},
        {0.25, "0.25"},
        {0.5, "0.5"},
        {1, "1"},
        {2.5, "2.5"},
        {5, "5"},
        {10, "10"},
    }};

    explicit Metrics(std::vector<MeteredService> services);

    /// Counts one answered request. `error` is the name of the error, empty for a success. Rules can make any name up;
    /// beyond a hundred names an error is counted as "other".
    void record(std::string_view service, std::string_view operation, std::string_view error,
                std::chrono::nanoseconds duration);

    /// Counts the end of a job, and what it has read or written.
    void record_job(std::string_view what, bool is_failed, const JobAmounts& amounts);

    /// Returns the text for Prometheus.
    std::string text(const Gauges& gauges) const;

private:
    using Results = std::map<std::string, std::int64_t, std::less<>>;
    using Operations = std::map<std::string, Results, std::less<>>;

    struct JobCounts {
        std::array<std::int64_t, 2> ends{};  // done and failed
        JobAmounts amounts;
    };

    std::string_view known_result(std::string_view error);
    void add_jobs(Exposition& exposition) const;

    std::map<std::string, Operations, std::less<>> requests_;   // every service, every operation, and "unknown"
    std::set<std::string, std::less<>> errors_;                 // the names of errors so far
    std::array<std::int64_t, buckets.size() + 1> durations_{};  // by bucket, not cumulative; the last one is +Inf
    std::chrono::nanoseconds sum_{};
    std::map<std::string, JobCounts, std::less<>> jobs_;
};

/// Returns the resident memory of this process. Returns nothing where the system has no /proc.
std::optional<std::int64_t> resident_bytes();

}  // namespace plocal::telemetry
