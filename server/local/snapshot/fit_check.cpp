#include "server/local/snapshot/fit_check.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/service/operations/batch_jobs.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {
namespace {

using Records = std::unordered_map<std::string_view, const storage::Record*>;

const storage::Record* find(const Records& records, std::string_view arn, std::string_view kind) {
    const auto found = records.find(arn);
    return found != records.end() && found->second->kind == kind ? found->second : nullptr;
}

void check_filter(Reading& reading, const Records& records, const Fixture& job) {
    const storage::Record* const solution_version = find(records, job.record.parent, "solutionVersion");
    if (solution_version == nullptr) return;
    const auto find_any = [&records](std::string_view arn) -> std::optional<storage::Record> {
        const auto found = records.find(arn);
        return found == records.end() ? std::nullopt : std::optional(*found->second);
    };
    for (const storage::Reference& reference : job.references) {
        const storage::Record* const filter = find(records, reference.arn, "filter");
        if (filter == nullptr) continue;
        const std::string group = operations::foreign_group_of(*filter, *solution_version, find_any);
        if (group.empty()) continue;
        reading.problems.push_back({{job.place.source, job.place.pointer + "/filterArn"},
                                    "a filter of " + group + ", as the solution version is",
                                    filter->arn + ", which is of " + filter->parent});
    }
}

}  // namespace

void check_fit(Reading& reading) {
    Records records;
    for (const Fixture& fixture : reading.fixtures) records.emplace(fixture.record.arn, &fixture.record);
    for (const Fixture& fixture : reading.fixtures) {
        if (resources::kind_named(fixture.record.kind).is_batch_job) check_filter(reading, records, fixture);
    }
}

}  // namespace plocal::snapshot
