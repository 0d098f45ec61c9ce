#include "server/local/snapshot/fit_check.h"

#include <optional>
#include <string_view>
#include <utility>

#include "server/base/json_scanner.h"
#include "server/service/operations/batch_jobs.h"
#include "server/service/resources/arn.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {
namespace {

using storage::Record;

constexpr std::string_view group_member = "datasetGroupArn";

/// Returns what the check needs of a filter, a solution version or a solution.
Record slim(const Record& record) {
    Record copy;
    copy.kind = record.kind;
    copy.arn = record.arn;
    copy.parent = record.parent;
    copy.document = "{}";
    if (const auto group = base::member_text(record.document, group_member)) {
        copy.document = "{\"" + std::string(group_member) + "\":" + std::string(*group) + "}";
    }
    return copy;
}

bool is_filter(std::string_view arn) {
    const auto parsed = resources::parse_arn(arn);
    return parsed && parsed->type == "filter";
}

}  // namespace

void FitCheck::note(const Fixture& fixture, FixtureKey key) {
    const Record& record = fixture.record;
    if (record.kind == "filter" || record.kind == "solutionVersion" || record.kind == "solution") {
        records_.emplace(record.arn, slim(record));
    } else if (resources::kind_named(record.kind).is_batch_job && !record.parent.empty()) {
        for (const storage::Reference& reference : fixture.references) {
            if (is_filter(reference.arn)) uses_.push_back({key, number_of(reference.arn, record.parent)});
        }
    }
}

std::uint32_t FitCheck::number_of(const std::string& filter, const std::string& solution_version) {
    if (!pairs_.empty() && pairs_.back().filter == filter && pairs_.back().solution_version == solution_version) {
        return static_cast<std::uint32_t>(pairs_.size() - 1);
    }
    const auto [at, is_new] =
        numbers_.emplace(filter + "\n" + solution_version, static_cast<std::uint32_t>(pairs_.size()));
    if (is_new) pairs_.push_back({filter, solution_version});
    return at->second;
}

void FitCheck::finish(ProblemList& problems, const std::function<Location(FixtureKey)>& place_of) const {
    const auto find = [this](std::string_view arn) -> std::optional<Record> {
        const auto found = records_.find(std::string(arn));
        return found == records_.end() ? std::nullopt : std::optional(found->second);
    };
    std::vector<std::string> groups;  // by pair: the group of the solution version where the filter is of another one
    for (const Pair& pair : pairs_) {
        const std::optional<Record> version = find(pair.solution_version);
        const std::optional<Record> filter = find(pair.filter);
        const bool are_there = version && version->kind == "solutionVersion" && filter && filter->kind == "filter";
        groups.push_back(are_there ? operations::foreign_group_of(*filter, *version, find) : std::string());
    }
    for (const Use& use : uses_) {
        const std::string& group = groups[use.pair];
        if (group.empty()) continue;
        Location place = place_of(use.job);
        place.pointer += "/filterArn";
        const std::string& filter = pairs_[use.pair].filter;
        problems.add({std::move(place), "a filter of " + group + ", as the solution version is",
                      filter + ", which is of " + find(filter)->parent});
    }
}

}  // namespace plocal::snapshot
