#include "server/service/operations/training_data.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/dataset.h"
#include "server/service/operations/recipes.h"
#include "server/service/resources/lookup.h"

namespace plocal::operations {
namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::Context;
using resources::invalid_input;
using resources::kind_named;
using resources::References;
using storage::Record;

struct RecipeDatasets {
    std::string_view recipe;
    std::vector<std::string_view> types;
};

/// Returns the dataset types that a recipe is trained on: for most recipes interactions only.
std::vector<std::string_view> types_for(std::string_view recipe) {
    static const std::vector<RecipeDatasets> others = {{"aws-next-best-action", {"INTERACTIONS", "ACTIONS"}},
                                                       {"aws-item-attribute-affinity", {"INTERACTIONS", "ITEMS"}},
                                                       {"aws-vod-more-like-x", {"INTERACTIONS", "ITEMS"}},
                                                       {"aws-semantic-similarity", {"ITEMS"}}};
    const auto found = std::ranges::find(others, recipe, &RecipeDatasets::recipe);
    return found == others.end() ? std::vector<std::string_view>{"INTERACTIONS"} : found->types;
}

bool has_child(Context& context, const std::string& parent, const char* kind) {
    storage::Page page{.scope = {}, .kind = kind, .parent = parent, .after = {}};
    page.limit = 1;
    return !context.store.resources().list(page).empty();
}

/// Requires an ACTIVE import or an event tracker. Events are not counted, so a group with an event tracker passes.
void require_import(Context& context, const std::string& group, const Record& dataset) {
    bool is_in_progress = false;
    for (const Record& job : context.store.resources().referrers(dataset.arn, "datasetImportJob")) {
        if (job.created < dataset.created) continue;  // of an earlier dataset of the same ARN
        const std::string_view status = status_of(context, job);
        if (status == lifecycle::active) return;
        is_in_progress = is_in_progress || !lifecycle::is_terminal(status);
    }
    const std::string message = "The given dataset has no imported data: " + dataset.arn;
    if (is_in_progress) throw in_use(context, message, "its import is still in progress", Evidence::documented);
    if (dataset.timeline.origin == lifecycle::cause_fixture) return;
    if (has_child(context, group, "eventTracker")) return;
    throw invalid_input(message, "training needs an ACTIVE import or an event tracker", Evidence::documented);
}

}  // namespace

void require_data(Context& context, const Json& members) {
    const std::string* const group_arn = text_member(members, "datasetGroupArn");
    if (group_arn == nullptr || context.settings.references == References::lenient) return;
    const auto group = context.store.resources().find(*group_arn);
    if (!group) return;
    const auto datasets = datasets_of(context, *group_arn);
    if (datasets.empty() && group->timeline.origin == lifecycle::cause_fixture) return;
    for (const std::string_view type : types_for(recipe_in(members))) {
        const auto dataset = datasets.find(type);
        if (dataset == datasets.end()) {
            throw invalid_input(
                "The given dataset group has no dataset of type " + std::string(type) + ": " + *group_arn,
                "the recipe needs a dataset of this type", Evidence::documented);
        }
        require_active(context, kind_named("dataset"), {{dataset->second.arn, false}, dataset->second});
        require_import(context, *group_arn, dataset->second);
    }
}

bool has_rows(storage::Store& store, const std::string& group_arn) {
    return std::ranges::any_of(store.resources().children(group_arn, "dataset"), [&store](const Record& dataset) {
        const auto set = store.row_sets().find(dataset.arn);
        return set && set->counts.total() > 0;
    });
}

}  // namespace plocal::operations
