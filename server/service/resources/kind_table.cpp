#include <array>

#include "server/service/resources/kinds.h"

namespace plocal::resources {
namespace {

using lifecycle::creating;
using lifecycle::deleting;
using lifecycle::Transition;
using lifecycle::updating;

constexpr Transition group_transitions[] = {creating, lifecycle::deleting_in_one_step};
constexpr Transition lasting_transitions[] = {creating, deleting};
constexpr Transition changing_transitions[] = {creating, updating, deleting};
constexpr Transition version_transitions[] = {creating, lifecycle::stopping_creation};
constexpr Transition recommender_transitions[] = {creating, updating, lifecycle::stopping, lifecycle::starting,
                                                  deleting};
constexpr Transition deleting_data_transitions[] = {lifecycle::deleting_data};

constexpr ReferenceMember recipe_parts[] = {
    {.member = "algorithmArn", .kind = "algorithm", .need = Need::existing},
    {.member = "featureTransformationArn", .kind = "featureTransformation", .need = Need::existing}};
constexpr ReferenceMember of_group[] = {{.member = "datasetGroupArn", .kind = "datasetGroup", .is_parent = true}};
constexpr ReferenceMember of_dataset[] = {{.member = "datasetArn", .kind = "dataset", .is_parent = true}};
constexpr ReferenceMember dataset_references[] = {
    {.member = "datasetGroupArn", .kind = "datasetGroup", .is_parent = true},
    {.member = "schemaArn", .kind = "schema", .need = Need::existing}};
constexpr ReferenceMember solution_references[] = {
    {.member = "datasetGroupArn", .kind = "datasetGroup", .is_parent = true},
    {.member = "recipeArn", .kind = "recipe"}};
constexpr ReferenceMember solution_version_references[] = {
    {.member = "solutionArn", .kind = "solution", .is_parent = true},
    {.member = "datasetGroupArn", .kind = "datasetGroup", .need = Need::existing},
    {.member = "recipeArn", .kind = "recipe"}};
constexpr ReferenceMember campaign_references[] = {
    {.member = "solutionVersionArn", .kind = "solutionVersion", .is_child_of_parent = true}};
constexpr ReferenceMember batch_job_references[] = {
    {.member = "solutionVersionArn", .kind = "solutionVersion", .is_parent = true},
    {.member = "filterArn", .kind = "filter"}};

// https://docs.aws.amazon.com/personalize/latest/dg/gs-cleanup.html
constexpr Blocker schema_blockers[] = {{.kind = "dataset"}};
constexpr Blocker group_blockers[] = {
    {.kind = "eventTracker"}, {.kind = "solution"}, {.kind = "recommender"}, {.kind = "dataset"}};
constexpr Blocker dataset_blockers[] = {
    {.kind = "datasetImportJob", .only_in_progress = true},
    {.kind = "datasetExportJob", .only_in_progress = true},
    {.kind = "solutionVersion", .only_in_progress = true, .references_parent = true},
    {.kind = "recommender", .only_in_progress = true, .references_parent = true}};
constexpr Blocker solution_blockers[] = {{.kind = "campaign"}, {.kind = "solutionVersion", .only_in_progress = true}};

// A kind comes before the kinds that reference it.
constexpr std::array<Kind, 18> table = {{
    {.name = "algorithm",
     .plural = "algorithms",
     .words = "algorithm",
     .shape = "Algorithm",
     .summary = "",
     .arn_type = "algorithm",
     .arn_member = "algorithmArn",
     .name_member = "name",
     .transitions = {},
     .owned_by_aws = true},
    {.name = "featureTransformation",
     .plural = "featureTransformations",
     .words = "feature transformation",
     .shape = "FeatureTransformation",
     .summary = "",
     .arn_type = "feature-transformation",
     .arn_member = "featureTransformationArn",
     .name_member = "name",
     .owned_by_aws = true},
    {.name = "recipe",
     .plural = "recipes",
     .words = "recipe",
     .shape = "Recipe",
     .summary = "RecipeSummary",
     .arn_type = "recipe",
     .arn_member = "recipeArn",
     .name_member = "name",
     .references = recipe_parts,
     .hidden = HiddenMember{.member = "domain", .shape = "Domain"},
     .owned_by_aws = true},
    {.name = "schema",
     .plural = "schemas",
     .words = "schema",
     .shape = "DatasetSchema",
     .summary = "DatasetSchemaSummary",
     .arn_type = "schema",
     .arn_member = "schemaArn",
     .name_member = "name",
     .transitions = {},
     .blockers = schema_blockers,
     .named_by_arn_if_missing = true},
    {.name = "datasetGroup",
     .plural = "datasetGroups",
     .words = "dataset group",
     .shape = "DatasetGroup",
     .summary = "DatasetGroupSummary",
     .arn_type = "dataset-group",
     .arn_member = "datasetGroupArn",
     .name_member = "name",
     .transitions = group_transitions,
     .blockers = group_blockers},
    {.name = "dataset",
     .plural = "datasets",
     .words = "dataset",
     .shape = "Dataset",
     .summary = "DatasetSummary",
     .arn_type = "dataset",
     .arn_member = "datasetArn",
     .name_member = "name",
     .transitions = changing_transitions,
     .references = dataset_references,
     .blockers = dataset_blockers,
     .update = UpdateMember{.member = "latestDatasetUpdate", .shape = "DatasetUpdateSummary", .is_in_status = true},
     .id_member = "datasetType",
     .id_form = IdForm::two_parts},
    {.name = "datasetImportJob",
     .plural = "datasetImportJobs",
     .words = "dataset import job",
     .shape = "DatasetImportJob",
     .summary = "DatasetImportJobSummary",
     .arn_type = "dataset-import-job",
     .arn_member = "datasetImportJobArn",
     .name_member = "jobName",
     .references = of_dataset},
    {.name = "datasetExportJob",
     .plural = "datasetExportJobs",
     .words = "dataset export job",
     .shape = "DatasetExportJob",
     .summary = "DatasetExportJobSummary",
     .arn_type = "dataset-export-job",
     .arn_member = "datasetExportJobArn",
     .name_member = "jobName",
     .references = of_dataset},
    {.name = "eventTracker",
     .plural = "eventTrackers",
     .words = "event tracker",
     .shape = "EventTracker",
     .summary = "EventTrackerSummary",
     .arn_type = "event-tracker",
     .arn_member = "eventTrackerArn",
     .name_member = "name",
     .transitions = lasting_transitions,
     .references = of_group,
     .id_form = IdForm::generated,
     .one_per_parent = true},
    {.name = "metricAttribution",
     .plural = "metricAttributions",
     .words = "metric attribution",
     .shape = "MetricAttribution",
     .summary = "MetricAttributionSummary",
     .arn_type = "metric-attribution",
     .arn_member = "metricAttributionArn",
     .name_member = "name",
     .transitions = lasting_transitions,
     .references = of_group,
     .hidden = HiddenMember{.member = "metrics", .shape = "MetricAttributes"},
     .removed_with_parent = true,
     .one_per_parent = true},
    {.name = "solution",
     .plural = "solutions",
     .words = "solution",
     .shape = "Solution",
     .summary = "SolutionSummary",
     .arn_type = "solution",
     .arn_member = "solutionArn",
     .name_member = "name",
     .transitions = changing_transitions,
     .references = solution_references,
     .blockers = solution_blockers,
     .update = UpdateMember{.member = "latestSolutionUpdate",
                            .shape = "SolutionUpdateSummary",
                            .merged_from = "solutionUpdateConfig",
                            .merged_into = "solutionConfig"},
     .created_at_once = true},
    {.name = "solutionVersion",
     .plural = "solutionVersions",
     .words = "solution version",
     .shape = "SolutionVersion",
     .summary = "SolutionVersionSummary",
     .arn_type = "solution",
     .arn_member = "solutionVersionArn",
     .name_member = "name",
     .transitions = version_transitions,
     .references = solution_version_references,
     .shown_once_created = "trainingHours",
     .id_form = IdForm::two_parts,
     .removed_with_parent = true,
     .is_trained = true},
    {.name = "recommender",
     .plural = "recommenders",
     .words = "recommender",
     .shape = "Recommender",
     .summary = "RecommenderSummary",
     .arn_type = "recommender",
     .arn_member = "recommenderArn",
     .name_member = "name",
     .transitions = recommender_transitions,
     .references = solution_references,
     .update = UpdateMember{.member = "latestRecommenderUpdate", .shape = "RecommenderUpdateSummary"},
     .shown_once_created = "modelMetrics",
     .is_trained = true},
    {.name = "campaign",
     .plural = "campaigns",
     .words = "campaign",
     .shape = "Campaign",
     .summary = "CampaignSummary",
     .arn_type = "campaign",
     .arn_member = "campaignArn",
     .name_member = "name",
     .transitions = changing_transitions,
     .references = campaign_references,
     .update = UpdateMember{.member = "latestCampaignUpdate", .shape = "CampaignUpdateSummary"}},
    {.name = "filter",
     .plural = "filters",
     .words = "filter",
     .shape = "Filter",
     .summary = "FilterSummary",
     .arn_type = "filter",
     .arn_member = "filterArn",
     .name_member = "name",
     .transitions = lasting_transitions,
     .references = of_group,
     .list_member = "Filters",
     .removed_with_parent = true},
    {.name = "batchInferenceJob",
     .plural = "batchInferenceJobs",
     .words = "batch inference job",
     .shape = "BatchInferenceJob",
     .summary = "BatchInferenceJobSummary",
     .arn_type = "batch-inference-job",
     .arn_member = "batchInferenceJobArn",
     .name_member = "jobName",
     .references = batch_job_references,
     .is_batch_job = true},
    {.name = "batchSegmentJob",
     .plural = "batchSegmentJobs",
     .words = "batch segment job",
     .shape = "BatchSegmentJob",
     .summary = "BatchSegmentJobSummary",
     .arn_type = "batch-segment-job",
     .arn_member = "batchSegmentJobArn",
     .name_member = "jobName",
     .references = batch_job_references,
     .is_batch_job = true},
    {.name = "dataDeletionJob",
     .plural = "dataDeletionJobs",
     .words = "data deletion job",
     .shape = "DataDeletionJob",
     .summary = "DataDeletionJobSummary",
     .arn_type = "data-deletion-job",
     .arn_member = "dataDeletionJobArn",
     .name_member = "jobName",
     .transitions = deleting_data_transitions,
     .references = of_group,
     .shown_once_created = "numDeleted"},
}};

}  // namespace

std::span<const Kind> kinds() {
    return table;
}

}  // namespace plocal::resources
