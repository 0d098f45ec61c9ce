#include "server/service/operations/registry.h"

#include <cctype>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "server/model/api_error.h"
#include "server/model/render.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/batch_jobs.h"
#include "server/service/operations/campaign.h"
#include "server/service/operations/data_jobs.h"
#include "server/service/operations/dataset.h"
#include "server/service/operations/dataset_group.h"
#include "server/service/operations/event_tracker.h"
#include "server/service/operations/filter.h"
#include "server/service/operations/metric_attribution.h"
#include "server/service/operations/recommender.h"
#include "server/service/operations/schema.h"
#include "server/service/operations/solution.h"
#include "server/service/operations/solution_metrics.h"
#include "server/service/operations/solution_version.h"
#include "server/service/resources/catalogue.h"
#include "server/service/resources/delete.h"
#include "server/service/resources/describe.h"
#include "server/service/resources/tags.h"

namespace plocal::operations {
namespace {

using base::Json;
using lifecycle::active;
using lifecycle::create_failed;
using resources::Change;
using resources::Context;
using resources::Kind;
using resources::Making;
using resources::Output;
using resources::Ready;
using resources::Telling;
using resources::kind_named;
using resources::kinds;
using resources::list_recipes;
using resources::list_tags;
using resources::tag_resource;
using resources::untag_resource;

/// What a kind adds to the verbs.
struct Family {
    Making making = {};
    void (*complete_update)(Change&) = nullptr;
    std::vector<std::string_view> updated_from = {active};
    Telling tell = nullptr;
};

const Family& family_of(std::string_view kind) {
    static const std::unordered_map<std::string_view, Family> families = {
        {"schema", {{complete_schema}}},
        {"datasetGroup", {{complete_dataset_group}}},
        {"dataset", {{complete_dataset}, complete_dataset_update}},
        {"datasetImportJob", {{complete_dataset_import_job, check_data_location}}},
        {"datasetExportJob", {{complete_dataset_export_job, check_export_location}}},
        {"dataDeletionJob", {{complete_data_deletion_job, check_data_location}}},
        {"eventTracker", {{complete_event_tracker}}},
        {"metricAttribution", {{complete_metric_attribution}}},
        {"solution", {{complete_solution}, complete_solution_update, {active}, tell_latest_version}},
        {"solutionVersion", {{complete_solution_version}}},
        {"recommender", {{complete_recommender}, complete_recommender_update}},
        {"campaign", {{complete_campaign}, complete_campaign_update, {active, create_failed}, follow_latest_version}},
        {"filter", {{complete_filter}}},
        {"batchInferenceJob", {{complete_batch_inference_job, check_batch_paths}}},
        {"batchSegmentJob", {{complete_batch_segment_job, check_batch_paths}}},
    };
    static const Family plain;
    const auto found = families.find(kind);
    return found == families.end() ? plain : found->second;
}

Output create_one(Context& context, const Kind& kind, const Json& input) {
    return create(context, kind, family_of(kind.name).making, input);
}

Output describe_one(Context& context, const Kind& kind, const Json& input) {
    return describe(context, kind, family_of(kind.name).tell, input);
}

Output update_one(Context& context, const Kind& kind, const Json& input) {
    const Family& family = family_of(kind.name);
    return update(context, kind, family.updated_from, family.complete_update, input);
}

Output start(Context& context, const Kind& kind, const Json& input) {
    return set_out(context, kind, lifecycle::starting, lifecycle::stopping.success, input);
}

Output stop(Context& context, const Kind& kind, const Json& input) {
    return set_out(context, kind, lifecycle::stopping, active, input);
}

/// An operation that is a kind's or nobody's, but none of the verbs.
template <Output (*handler)(Context&, const Json&)>
Output alone(Context& context, const Kind&, const Json& input) {
    return handler(context, input);
}

using Handler = Output (*)(Context&, const Kind&, const Json&);

struct Entry {
    bool writes = false;
    Handler handler = nullptr;
    const Kind* kind = nullptr;
};

using Entries = std::unordered_map<std::string, Entry>;

/// "batchInferenceJob" as operations name it: "BatchInferenceJob".
std::string noun_of(std::string_view name) {
    std::string noun(name);
    noun.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(noun.front())));
    return noun;
}

void add_verbs(Entries& entries, const Kind& kind) {
    const std::string noun = noun_of(kind.name);
    const Entry rows[] = {{true, create_one, &kind},
                          {false, describe_one, &kind},
                          {false, list, &kind},
                          {true, update_one, &kind},
                          {true, remove, &kind}};
    const std::string names[] = {"Create" + noun, "Describe" + noun, "List" + noun_of(kind.plural), "Update" + noun,
                                 "Delete" + noun};
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        if (model::personalize().operation(names[i]) != nullptr) entries[names[i]] = rows[i];
    }
}

Entries all_entries() {
    Entries entries;
    for (const Kind& kind : kinds()) add_verbs(entries, kind);
    const Kind& recommender = kind_named("recommender");
    const Kind& attribution = kind_named("metricAttribution");
    const Kind& version = kind_named("solutionVersion");
    entries["ListRecipes"] = {false, alone<list_recipes>, &kind_named("recipe")};
    entries["StartRecommender"] = {true, start, &recommender};
    entries["StopRecommender"] = {true, stop, &recommender};
    entries["StopSolutionVersionCreation"] = {true, alone<stop_solution_version_creation>, &version};
    entries["GetSolutionMetrics"] = {false, alone<get_solution_metrics>, &version};
    entries["UpdateMetricAttribution"] = {true, alone<update_metric_attribution>, &attribution};
    entries["ListMetricAttributionMetrics"] = {false, alone<list_metric_attribution_metrics>, &attribution};
    entries["TagResource"] = {true, alone<tag_resource>, &version};
    entries["UntagResource"] = {true, alone<untag_resource>, &version};
    entries["ListTagsForResource"] = {false, alone<list_tags>, &version};
    return entries;
}

const Entry* find_entry(const std::string& operation) {
    static const Entries entries = all_entries();
    const auto found = entries.find(operation);
    return found == entries.end() ? nullptr : &found->second;
}

Output run_handler(Context& context, const Entry& entry, const Json& input) {
    if (!entry.writes) return entry.handler(context, *entry.kind, input);
    storage::sqlite::Transaction transaction = context.store.begin();
    Output output = entry.handler(context, *entry.kind, base::without_nulls(input));
    transaction.commit();
    return output;
}

}  // namespace

bool is_emulated(const model::Operation& operation) {
    return find_entry(operation.name) != nullptr;
}

std::string run(Context& context, const Json& input) {
    const model::Operation& operation = context.operation;
    const Entry* const entry = find_entry(operation.name);
    if (entry == nullptr) {
        throw model::ApiError("UnknownOperationException", "", operation.name + " is not emulated yet",
                              model::Evidence::inferred);
    }
    Output output = run_handler(context, *entry, input);
    if (auto* const ready = std::get_if<Ready>(&output)) return std::move(ready->text);
    if (operation.output == nullptr) return {};
    return model::render(*operation.output, std::get<Json>(output));
}

}  // namespace plocal::operations
