#include "server/service/operations/registry.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "server/base/text.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/auto_training.h"
#include "server/service/operations/batch_jobs.h"
#include "server/service/operations/campaign.h"
#include "server/service/operations/data_jobs.h"
#include "server/service/operations/dataset.h"
#include "server/service/operations/dataset_group.h"
#include "server/service/operations/doubts.h"
#include "server/service/operations/event_tracker.h"
#include "server/service/operations/filter.h"
#include "server/service/operations/handler.h"
#include "server/service/operations/metric_attribution.h"
#include "server/service/operations/recipes.h"
#include "server/service/operations/recommender.h"
#include "server/service/operations/schema.h"
#include "server/service/operations/solution.h"
#include "server/service/operations/solution_metrics.h"
#include "server/service/operations/solution_version.h"
#include "server/service/resources/create.h"
#include "server/service/resources/delete.h"
#include "server/service/resources/describe.h"
#include "server/service/resources/tags.h"
#include "server/service/resources/update.h"

namespace plocal::operations {
namespace {

using base::Json;
using resources::Context;
using resources::DueHook;
using resources::HookTable;
using resources::Kind;
using resources::Output;

HookTable make_hooks() {
    const DueHook training{.member = "nextTraining",
                           .operation = "CreateSolutionVersion",
                           .next = next_training_of,
                           .run = train_when_due};
    return HookTable({
        {.kind = "schema", .complete = complete_schema, .doubt = doubt_about_schema},
        {.kind = "datasetGroup", .complete = complete_dataset_group},
        {.kind = "dataset", .complete = complete_dataset, .complete_update = complete_dataset_update},
        {.kind = "datasetImportJob", .complete = complete_dataset_import_job, .check_last = check_data_location},
        {.kind = "datasetExportJob", .complete = complete_dataset_export_job, .check_last = check_export_location},
        {.kind = "dataDeletionJob", .complete = complete_data_deletion_job, .check_last = check_data_location},
        {.kind = "eventTracker", .complete = complete_event_tracker, .uses = event_tracker_uses},
        {.kind = "metricAttribution", .complete = complete_metric_attribution, .uses = metric_attribution_uses},
        {.kind = "solution",
         .complete = complete_solution,
         .complete_update = complete_solution_update,
         .complete_view = add_latest_version,
         .due = training,
         .doubt = doubt_about_solution},
        {.kind = "solutionVersion", .complete = complete_solution_version},
        {.kind = "recommender",
         .complete = complete_recommender,
         .complete_update = complete_recommender_update,
         .doubt = doubt_about_recommender},
        {.kind = "campaign",
         .complete = complete_campaign,
         .complete_update = complete_campaign_update,
         .updated_from = {lifecycle::active, lifecycle::create_failed},
         .complete_view = follow_latest_version,
         .doubt = doubt_about_campaign},
        {.kind = "filter", .complete = complete_filter, .doubt = doubt_about_filter},
        {.kind = "batchInferenceJob",
         .complete = complete_batch_inference_job,
         .check_last = check_batch_paths,
         .doubt = doubt_about_batch_inference_job},
        {.kind = "batchSegmentJob", .complete = complete_batch_segment_job, .check_last = check_batch_paths},
    });
}

using Entries = std::unordered_map<std::string, Entry>;

/// Binds an operation that all kinds share to one kind.
Handler of_kind(Output (*operation)(Context&, const Kind&, const Json&), const Kind& kind) {
    return [operation, &kind](Context& context, const Json& input) { return operation(context, kind, input); };
}

void add_shared_operations(Entries& entries, const Kind& kind) {
    const std::string noun = base::with_capital(kind.name);
    const std::pair<std::string, Entry> rows[] = {
        {"Create" + noun, {true, of_kind(resources::create, kind)}},
        {"Describe" + noun, {false, of_kind(resources::describe, kind)}},
        {"List" + base::with_capital(kind.plural), {false, of_kind(resources::list, kind)}},
        {"Update" + noun, {true, of_kind(resources::update, kind)}},
        {"Delete" + noun, {true, of_kind(resources::remove, kind)}}};
    for (const auto& [operation, entry] : rows) {
        if (model::personalize().operation(operation) != nullptr) entries[operation] = entry;
    }
}

Entries all_entries() {
    Entries entries;
    for (const Kind& kind : resources::kinds()) add_shared_operations(entries, kind);
    entries["ListRecipes"] = {false, list_recipes};
    entries["StartRecommender"] = {true, start_recommender};
    entries["StopRecommender"] = {true, stop_recommender};
    entries["StopSolutionVersionCreation"] = {true, stop_solution_version_creation};
    entries["GetSolutionMetrics"] = {false, get_solution_metrics};
    entries["UpdateMetricAttribution"] = {true, update_metric_attribution};
    entries["ListMetricAttributionMetrics"] = {false, list_metric_attribution_metrics};
    entries["TagResource"] = {true, resources::tag_resource};
    entries["UntagResource"] = {true, resources::untag_resource};
    entries["ListTagsForResource"] = {false, resources::list_tags};
    return entries;
}

const Entry* find_entry(const std::string& operation) {
    static const Entries entries = all_entries();
    const auto found = entries.find(operation);
    return found == entries.end() ? nullptr : &found->second;
}

}  // namespace

const resources::HookTable& hooks() {
    static const HookTable table = make_hooks();
    return table;
}

std::string run(Context& context, const Json& input) {
    const Entry* const entry = find_entry(context.operation.name);
    if (entry == nullptr) refuse_unknown(context.operation);
    return run_entry(context, *entry, input);
}

}  // namespace plocal::operations
