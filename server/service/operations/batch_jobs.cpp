#include "server/service/operations/batch_jobs.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/service/operations/dataset.h"
#include "server/service/operations/recipes.h"
#include "server/service/operations/s3_location.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::Context;
using resources::Creation;
using resources::invalid_input;
using resources::ResolvedReference;

constexpr int default_results = 25;
constexpr std::string_view inference_mode = "BATCH_INFERENCE";
constexpr std::string_view theme_mode = "THEME_GENERATION";
constexpr std::string_view theme_recipe = "aws-similar-items";
// From the recipes' own pages in the guide.
constexpr std::array<std::string_view, 2> recipes_without_batches = {"aws-trending-now", "aws-next-best-action"};

/// Returns a member of the solution version or, if it does not have it, of its ancestors. Returns "" if none has it.
std::string inherited(Context& context, const ResolvedReference& solution_version, std::string_view member) {
    if (!solution_version.record) return {};
    return resources::inherited_text(*solution_version.record, member,
                                     [&context](std::string_view arn) { return context.store.resources().find(arn); });
}

void check_inference_recipe(std::string_view recipe_arn, std::string_view mode) {
    if (recipe_arn.empty()) return;
    const std::string_view name = recipe_name(recipe_arn);
    if (is_for_segments(name) || std::ranges::find(recipes_without_batches, name) != recipes_without_batches.end()) {
        throw invalid_input("Batch inference is not supported for the recipe " + std::string(recipe_arn),
                            "the solution version's recipe does not support batch recommendations",
                            Evidence::documented);
    }
    if (mode == theme_mode && name != theme_recipe) {
        throw invalid_input("Theme generation is not supported for the recipe " + std::string(recipe_arn),
                            "theme generation needs a solution version of the Similar-Items recipe",
                            Evidence::documented);
    }
}

void check_segment_recipe(std::string_view recipe_arn) {
    if (recipe_arn.empty() || is_for_segments(recipe_name(recipe_arn))) return;
    throw invalid_input("Batch segment jobs are not supported for the recipe " + std::string(recipe_arn),
                        "only user segmentation recipes support batch segment jobs", Evidence::documented);
}

void check_theme(std::string_view mode, const Json& input) {
    const bool has_config = input.contains("themeGenerationConfig");
    if (mode == theme_mode && !has_config) {
        throw invalid_input("themeGenerationConfig is required when batchInferenceJobMode is THEME_GENERATION.",
                            "theme generation needs the column of the item names", Evidence::documented);
    }
    if (mode != theme_mode && has_config) {
        throw invalid_input("themeGenerationConfig is only supported when batchInferenceJobMode is THEME_GENERATION.",
                            "themeGenerationConfig would have no effect", Evidence::inferred);
    }
}

/// Theme generation needs a textual column and a column of item names. Without a known schema, the check passes.
void check_theme_columns(Creation& creation, const std::string& group) {
    Context& context = creation.context;
    const auto datasets = datasets_of(context, group);
    const auto items = datasets.find("ITEMS");
    if (items == datasets.end()) return;
    const auto columns = columns_of(context, items->second);
    if (!columns) return;
    const std::string& item_name =
        *text_member(creation.input.at("themeGenerationConfig").at("fieldsForThemeGeneration"), "itemName");
    if (columns->column(item_name) == nullptr) {
        throw invalid_input("The column " + item_name + " is not in the schema of the Items dataset.",
                            "itemName must be a column of the items", Evidence::documented);
    }
    if (std::ranges::none_of(columns->columns, [](const auto& column) { return column.is_textual; })) {
        throw invalid_input("Theme generation requires a textual field in the Items dataset.",
                            "theme generation needs a textual column", Evidence::documented);
    }
}

S3Location location_of(const Json& input, const char* member, const char* source, const char* message) {
    return require_s3_location(*text_member(input.at(member).at(source), "path"), message, member);
}

void check_filter_group(Context& context, const ResolvedReference& filter, const ResolvedReference& solution_version) {
    if (!filter.record || !solution_version.record) return;
    const auto find = [&context](std::string_view arn) { return context.store.resources().find(arn); };
    if (foreign_group_of(*filter.record, *solution_version.record, find).empty()) return;
    throw invalid_input(
        "The given filter does not belong to the dataset group of the solution version: " + filter.reference.arn,
        "filter and solution version must belong to the same dataset group", Evidence::inferred);
}

void complete_batch_job(Creation& creation, const ResolvedReference& solution_version) {
    if (const ResolvedReference* const filter = creation.refer("filterArn")) {
        check_filter_group(creation.context, *filter, solution_version);
    }
    creation.set_default("numResults", default_results);
}

}  // namespace

void complete_batch_inference_job(Creation& creation) {
    const std::string* const given_mode = creation.text("batchInferenceJobMode");
    const std::string_view mode = given_mode == nullptr ? inference_mode : std::string_view(*given_mode);
    const ResolvedReference& solution_version = *creation.refer("solutionVersionArn");
    check_inference_recipe(inherited(creation.context, solution_version, "recipeArn"), mode);
    complete_batch_job(creation, solution_version);
    check_theme(mode, creation.input);
    if (mode == theme_mode)
        check_theme_columns(creation, inherited(creation.context, solution_version, "datasetGroupArn"));
    creation.document["batchInferenceJobMode"] = mode;
}

void complete_batch_segment_job(Creation& creation) {
    const ResolvedReference& solution_version = *creation.refer("solutionVersionArn");
    check_segment_recipe(inherited(creation.context, solution_version, "recipeArn"));
    complete_batch_job(creation, solution_version);
}

std::string foreign_group_of(const storage::Record& filter, const storage::Record& solution_version,
                             const resources::FindRecord& find) {
    const std::string group = resources::inherited_text(solution_version, "datasetGroupArn", find);
    const bool fits = group.empty() || filter.parent.empty() || filter.parent == group;
    return fits ? std::string() : group;
}

void check_batch_paths(Creation& creation) {
    const S3Location from = location_of(creation.input, "jobInput", "s3DataSource", "Invalid S3 input path");
    const S3Location to = location_of(creation.input, "jobOutput", "s3DataDestination", "Invalid S3 output path");
    if (from.is_same_folder_as(to)) {
        throw invalid_input("Invalid S3 output path", "the output path must not be the input path",
                            Evidence::documented);
    }
}

}  // namespace plocal::operations
