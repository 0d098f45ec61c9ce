#include "server/local/telemetry/metrics.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include <unistd.h>

#include "server/local/telemetry/exposition.h"

namespace plocal::telemetry {
namespace {

constexpr std::string_view unknown = "unknown";

/// Returns the entry of this name, else the one for "unknown", which the map must have.
template <typename Map>
auto& known_entry(Map& map, std::string_view name) {
    const auto at = map.find(name);
    return at != map.end() ? at->second : map.find(unknown)->second;
}

/// Exact: a double would round more and more as the uptime grows.
std::string seconds_text(std::chrono::nanoseconds duration) {
    constexpr long long ns_a_second = 1'000'000'000;
    char text[40];
    const auto ns = static_cast<long long>(duration.count());
    const int length = std::snprintf(text, sizeof text, "%lld.%09lld", ns / ns_a_second, ns % ns_a_second);
    return {text, static_cast<std::size_t>(length)};
}

void add_resources(Exposition& exposition, const std::vector<ResourceCount>& resources) {
    std::map<std::pair<std::string_view, std::string_view>, std::int64_t> sums;
    for (const ResourceCount& each : resources) sums[{each.kind, each.status}] += each.count;
    exposition.metric("personalize_local_resources", "gauge", "Resources that exist, by kind and status.");
    for (const auto& [of, count] : sums) {
        if (count != 0) exposition.sample({{"kind", of.first}, {"status", of.second}}, count);
    }
}

void add_gauges(Exposition& exposition, const Gauges& gauges) {
    add_resources(exposition, gauges.resources);
    exposition.metric("personalize_local_rows", "gauge", "Rows that the datasets show, by kind.");
    for (const auto& [kind, count] : gauges.rows) exposition.sample({{"kind", kind}}, count);
    exposition.metric("personalize_local_uptime_seconds", "gauge", "Time since the server was ready.");
    exposition.sample("", {}, seconds_text(gauges.uptime));
    if (!gauges.resident_bytes) return;
    exposition.metric("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.");
    exposition.sample({}, *gauges.resident_bytes);
}

}  // namespace

Metrics::Metrics(std::vector<MeteredService> services) {
    requests_[std::string(unknown)][std::string(unknown)];
    for (MeteredService& service : services) {
        Operations& operations = requests_[std::move(service.name)];
        operations[std::string(unknown)];
        for (std::string& operation : service.operations) operations[std::move(operation)];
    }
}

void Metrics::record(std::string_view service, std::string_view operation, std::string_view error,
                     std::chrono::nanoseconds duration) {
    Results& results = known_entry(known_entry(requests_, service), operation);
    const std::string_view result = known_result(error);
    const auto at = results.find(result);
    if (at != results.end()) {
        ++at->second;
    } else {
        results.emplace(result, 1);
    }
    sum_ += duration;
    const double seconds = std::chrono::duration<double>(duration).count();
    const auto* const bucket = std::ranges::lower_bound(buckets, seconds, {}, &decltype(buckets)::value_type::first);
    ++durations_[static_cast<std::size_t>(bucket - buckets.begin())];
}

std::string Metrics::text(const Gauges& gauges) const {
    Exposition exposition;
    exposition.metric("personalize_local_requests_total", "counter", "Requests answered, by operation and result.");
    for (const auto& [service, operations] : requests_) {
        for (const auto& [operation, results] : operations) {
            for (const auto& [result, count] : results) {
                exposition.sample({{"service", service}, {"operation", operation}, {"result", result}}, count);
            }
        }
    }
    exposition.metric("personalize_local_request_duration_seconds", "histogram",
                      "Time from a request's arrival at the service to its answer.");
    std::int64_t count = 0;
    for (std::size_t at = 0; at < buckets.size(); ++at) {
        count += durations_[at];
        exposition.sample("_bucket", {{"le", buckets[at].second}}, std::to_string(count));
    }
    count += durations_.back();
    exposition.sample("_bucket", {{"le", "+Inf"}}, std::to_string(count));
    exposition.sample("_sum", {}, seconds_text(sum_));
    exposition.sample("_count", {}, std::to_string(count));
    add_jobs(exposition);
    add_gauges(exposition, gauges);
    return exposition.text();
}

void Metrics::record_job(std::string_view what, bool is_failed, const JobAmounts& amounts) {
    JobCounts& counts = jobs_[std::string(what)];
    ++counts.ends.at(is_failed ? 1 : 0);
    counts.amounts.bytes += amounts.bytes;
    counts.amounts.lines += amounts.lines;
}

void Metrics::add_jobs(Exposition& exposition) const {
    exposition.metric("personalize_local_jobs_total", "counter", "Jobs that have ended, by what they did and result.");
    for (const auto& [what, counts] : jobs_) {
        exposition.sample({{"what", what}, {"result", "done"}}, counts.ends[0]);
        exposition.sample({{"what", what}, {"result", "failed"}}, counts.ends[1]);
    }
    exposition.metric("personalize_local_job_bytes_total", "counter", "Bytes that ended jobs have read or written.");
    for (const auto& [what, counts] : jobs_) exposition.sample({{"what", what}}, counts.amounts.bytes);
    exposition.metric("personalize_local_job_lines_total", "counter", "Lines that ended jobs have read or written.");
    for (const auto& [what, counts] : jobs_) exposition.sample({{"what", what}}, counts.amounts.lines);
}

std::string_view Metrics::known_result(std::string_view error) {
    constexpr std::size_t most_errors = 100;
    if (error.empty()) return "OK";
    if (errors_.contains(error)) return error;
    if (errors_.size() >= most_errors) return "other";
    errors_.emplace(error);
    return error;
}

std::optional<std::int64_t> resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::int64_t total_pages = 0;
    std::int64_t resident_pages = 0;
    if (!(statm >> total_pages >> resident_pages)) return std::nullopt;
    return resident_pages * sysconf(_SC_PAGESIZE);
}

}  // namespace plocal::telemetry
