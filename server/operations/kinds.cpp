#include "server/operations/kinds.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "server/lifecycle/lifecycle.h"
#include "server/lifecycle/problem.h"

namespace plocal::operations {
namespace {

constexpr std::array<ReferenceMember, 2> batch_inference_job_references = {
    {{.member = "solutionVersionArn", .kind = "solutionVersion", .is_parent = true},
     {.member = "filterArn", .kind = "filter"}}};
constexpr std::array<ReferenceMember, 3> solution_version_references = {
    {{.member = "solutionArn", .kind = "solution", .is_parent = true},
     {.member = "datasetGroupArn", .kind = "datasetGroup"},
     {.member = "recipeArn", .kind = "recipe"}}};
constexpr std::array<ReferenceMember, 2> solution_references = {
    {{.member = "datasetGroupArn", .kind = "datasetGroup", .is_parent = true},
     {.member = "recipeArn", .kind = "recipe"}}};
constexpr std::array<ReferenceMember, 1> filter_references = {
    {{.member = "datasetGroupArn", .kind = "datasetGroup", .is_parent = true}}};
constexpr std::array<ReferenceMember, 2> dataset_references = {
    {{.member = "datasetGroupArn", .kind = "datasetGroup", .is_parent = true},
     {.member = "schemaArn", .kind = "schema"}}};

// Ordered so that what others name comes first.
constexpr std::array<Kind, 8> table = {{
    {.name = "recipe",
     .plural = "recipes",
     .words = "recipe",
     .shape = "Recipe",
     .summary = "RecipeSummary",
     .arn_type = "recipe",
     .arn_member = "recipeArn",
     .name_member = "name"},
    {.name = "schema",
     .plural = "schemas",
     .words = "schema",
     .shape = "DatasetSchema",
     .summary = "DatasetSchemaSummary",
     .arn_type = "schema",
     .arn_member = "schemaArn",
     .name_member = "name",
     .has_status = false},
    {.name = "datasetGroup",
     .plural = "datasetGroups",
     .words = "dataset group",
     .shape = "DatasetGroup",
     .summary = "DatasetGroupSummary",
     .arn_type = "dataset-group",
     .arn_member = "datasetGroupArn",
     .name_member = "name"},
    {.name = "dataset",
     .plural = "datasets",
     .words = "dataset",
     .shape = "Dataset",
     .summary = "DatasetSummary",
     .arn_type = "dataset",
     .arn_member = "datasetArn",
     .name_member = "name",
     .has_two_part_id = true,
     .references = dataset_references},
    {.name = "solution",
     .plural = "solutions",
     .words = "solution",
     .shape = "Solution",
     .summary = "SolutionSummary",
     .arn_type = "solution",
     .arn_member = "solutionArn",
     .name_member = "name",
     .references = solution_references},
    {.name = "solutionVersion",
     .plural = "solutionVersions",
     .words = "solution version",
     .shape = "SolutionVersion",
     .summary = "SolutionVersionSummary",
     .arn_type = "solution",
     .arn_member = "solutionVersionArn",
     .name_member = "name",
     .has_two_part_id = true,
     .references = solution_version_references},
    {.name = "filter",
     .plural = "filters",
     .words = "filter",
     .shape = "Filter",
     .summary = "FilterSummary",
     .arn_type = "filter",
     .arn_member = "filterArn",
     .name_member = "name",
     .references = filter_references},
    {.name = "batchInferenceJob",
     .plural = "batchInferenceJobs",
     .words = "batch inference job",
     .shape = "BatchInferenceJob",
     .summary = "BatchInferenceJobSummary",
     .arn_type = "batch-inference-job",
     .arn_member = "batchInferenceJobArn",
     .name_member = "jobName",
     .is_batch_job = true,
     .references = batch_inference_job_references},
}};

// Told, stored.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> documented_spellings = {
    {{"PENDING", "CREATE PENDING"}, {"IN PROGRESS", "CREATE IN_PROGRESS"}}};

}  // namespace

std::span<const Kind> kinds() {
    return table;
}

const Kind& kind_named(std::string_view name) {
    const auto* const kind = std::ranges::find(table, name, &Kind::name);
    if (kind == table.end()) throw std::logic_error("no kind is named " + std::string(name));
    return *kind;
}

bool is_arn_of(const Kind& kind, const Arn& arn) {
    const auto slashes = std::ranges::count(arn.id, '/');
    return arn.type == kind.arn_type && slashes == (kind.has_two_part_id ? 1 : 0) && !arn.id.starts_with('/') &&
           !arn.id.ends_with('/');
}

std::string_view told_status(const Kind& kind, std::string_view stored, StatusNames names) {
    if (kind.is_batch_job && names == StatusNames::documented) {
        for (const auto& [told, as_stored] : documented_spellings) {
            if (stored == as_stored) return told;
        }
    }
    return stored;
}

std::string_view stored_status(const Kind& kind, std::string_view told) {
    if (kind.is_batch_job) {
        for (const auto& [as_told, stored] : documented_spellings) {
            if (told == as_told) return stored;
        }
    }
    return told;
}

std::vector<std::string_view> statuses_of(const Kind& kind) {
    std::vector<std::string_view> statuses = {lifecycle::create_pending, lifecycle::create_in_progress,
                                              lifecycle::active, lifecycle::create_failed};
    if (kind.name == "solutionVersion") statuses.emplace_back("CREATE STOPPED");
    return statuses;
}

std::string statuses_told(const Kind& kind) {
    std::vector<std::string> told;
    for (const std::string_view status : statuses_of(kind)) {
        told.emplace_back(told_status(kind, status, StatusNames::documented));
    }
    return lifecycle::any_of(told);
}

}  // namespace plocal::operations
