#include "server/service/resources/quota_overrides.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace plocal::resources {
namespace {

using base::Json;
using base::Problem;

constexpr Quota quotas[] = {
    {"datasetGroups", "datasetGroup", "", Counted::all, 5},
    {"schemas", "schema", "", Counted::all, 500},
    {"datasetImportJobsInProgress", "datasetImportJob", "", Counted::in_progress, 5},
    {"solutionVersionsInProgress", "solutionVersion", "", Counted::in_progress, 20},
    {"batchInferenceJobsInProgress", "batchInferenceJob", "", Counted::in_progress, 5},
    {"batchSegmentJobsInProgress", "batchSegmentJob", "", Counted::in_progress, 5},
    {"solutions", "solution", "datasetGroup", Counted::all, 10},
    {"campaigns", "campaign", "datasetGroup", Counted::all, 5},
    {"recommenders", "recommender", "datasetGroup", Counted::all, 5},
    {"filters", "filter", "datasetGroup", Counted::all, 30},
    {"filterFields", "", "datasetGroup", Counted::all, 20},
    {"fieldsPerFilter", "", "datasetGroup", Counted::all, 10},
    {"dataDeletionJobsInProgress", "dataDeletionJob", "datasetGroup", Counted::in_progress, 5},
    {"batchInputFiles", "", "", Counted::all, 1'000},
    {"batchInputBytes", "", "", Counted::all, std::int64_t{1} << 30},
    {"incrementalImportBytes", "", "", Counted::all, std::int64_t{1} << 30},
    {"fullImportBytes", "", "", Counted::all, std::int64_t{100} << 30},
    {"dataDeletionInputBytes", "", "", Counted::all, std::int64_t{100} << 20},
    {"minimumInteractions", "", "datasetGroup", Counted::all, 1'000},
    {"minimumUsers", "", "datasetGroup", Counted::all, 25},
};

std::string_view read_quota_member(QuotaChange& change, std::string_view name, const Json& value,
                                   std::vector<Problem>& problems) {
    if (name == "mode") {
        if (value == "aws" || value == "off") change.are_enforced = value == "aws";
        return change.are_enforced ? "" : "off or aws";
    }
    static const std::vector<std::string> known = [] {
        std::vector<std::string> names;
        for (const Quota& quota : quotas) names.emplace_back(quota.name);
        return names;
    }();
    std::vector<Problem> inner;
    base::read_members(value, known, "is none of the limits", inner,
                       [&change](std::string_view limit, const Json& number) -> std::string_view {
                           if (!number.is_number_integer() || number < 0) return "a whole number, not negative";
                           change.limits[std::string(limit)] = number.get<std::int64_t>();
                           return "";
                       });
    for (Problem& problem : inner) {
        problems.push_back({"/limits" + problem.pointer, std::move(problem.expected), std::move(problem.found)});
    }
    return "";
}

}  // namespace

std::span<const Quota> quota_table() {
    return quotas;
}

const Quota& quota_named(std::string_view name) {
    const auto* const quota = std::ranges::find(quotas, name, &Quota::name);
    if (quota == std::end(quotas)) throw std::logic_error("no quota is named " + std::string(name));
    return *quota;
}

QuotaChange QuotaChange::over(const QuotaChange& other) const {
    QuotaChange both = other;
    if (are_enforced) both.are_enforced = are_enforced;
    for (const auto& [name, limit] : limits) both.limits[name] = limit;
    return both;
}

QuotaChange read_quota_change(const Json& json, std::vector<Problem>& problems) {
    static const std::vector<std::string> known = {"mode", "limits"};
    QuotaChange change;
    std::vector<Problem> inner;
    base::read_members(json, known, "is none of the quotas", problems, [&](std::string_view name, const Json& value) {
        return read_quota_member(change, name, value, inner);
    });
    problems.insert(problems.end(), inner.begin(), inner.end());
    return change;
}

Json to_json(const QuotaChange& change) {
    Json json = Json::object();
    if (change.are_enforced) json["mode"] = *change.are_enforced ? "aws" : "off";
    for (const auto& [name, limit] : change.limits) json["limits"][name] = limit;
    return json;
}

std::optional<std::int64_t> QuotaOverrides::limit_of(std::string_view account, const Quota& quota) const {
    const QuotaChange change = changes_of(account).over(changes_of(""));
    if (!change.are_enforced.value_or(are_enforced_)) return std::nullopt;
    const auto given = change.limits.find(quota.name);
    return given == change.limits.end() ? quota.limit : given->second;
}

QuotaChange QuotaOverrides::all_of(std::string_view account) const {
    QuotaChange whole{.are_enforced = are_enforced_, .limits = {}};
    for (const Quota& quota : quotas) whole.limits[std::string(quota.name)] = quota.limit;
    return changes_of(account).over(changes_of("").over(whole));
}

const QuotaChange& QuotaOverrides::changes_of(std::string_view account) const {
    static const QuotaChange none;
    const auto found = changes_.find(account);
    return found == changes_.end() ? none : found->second;
}

void QuotaOverrides::put(std::string_view account, QuotaChange change) {
    changes_.insert_or_assign(std::string(account), std::move(change));
}

void QuotaOverrides::forget(std::string_view account) {
    if (const auto found = changes_.find(account); found != changes_.end()) changes_.erase(found);
}

}  // namespace plocal::resources
