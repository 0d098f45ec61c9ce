#include "server/service/operations/batch_jobs.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/model/languages/filter/names.h"
#include "server/model/languages/filter/parse.h"
#include "server/service/operations/dataset.h"
#include "server/service/operations/exploration.h"
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
constexpr std::string_view recipe_without_interactions = "aws-item-attribute-affinity";
constexpr std::int64_t most_users = 5'000'000;  // of a segment
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

/// Returns the parsed expression of a filter, or nothing if it has none, or an invalid one, as a fixture may bring it.
std::optional<languages::FilterExpression> expression_of(Context& context, const ResolvedReference& filter) {
    if (!filter.record) return std::nullopt;
    const Json members = value_of(context, *filter.record);
    const std::string* const text = text_member(members, "filterExpression");
    if (text == nullptr) return std::nullopt;
    try {
        return languages::parse_filter_expression(*text);
    } catch (const model::ApiError&) {
        return std::nullopt;
    }
}

/// A job that makes items takes a filter of items, one that makes segments of users a filter of users.
void check_filter_ids(const languages::FilterExpression& expression, const std::string& filter,
                      languages::FilterIds ids) {
    const languages::FilterIds given = expression.parts.front().ids;
    if (given == ids) return;
    throw invalid_input("The given filter returns " + std::string(filter_ids_name(given)) + ", not " +
                            std::string(filter_ids_name(ids)) + ": " + filter,
                        "batch inference jobs need filters of items, batch segment jobs filters of users",
                        Evidence::documented);
}

void complete_batch_job(Creation& creation, const ResolvedReference& solution_version, languages::FilterIds ids) {
    if (const ResolvedReference* const filter = creation.refer("filterArn")) {
        check_filter_group(creation.context, *filter, solution_version);
        const auto expression = expression_of(creation.context, *filter);
        if (expression) check_filter_ids(*expression, filter->reference.arn, ids);
    }
    creation.set_default("numResults", default_results);
}

/// Item-Attribute-Affinity takes no filter that reads interactions.
void check_segment_filter(Creation& creation, std::string_view recipe_arn) {
    const ResolvedReference* const filter = creation.refer("filterArn");
    if (filter == nullptr || recipe_name(recipe_arn) != recipe_without_interactions) return;
    const auto expression = expression_of(creation.context, *filter);
    if (!expression) return;
    const bool reads_interactions =
        std::ranges::count(expression->fields, "INTERACTIONS", &languages::FilterField::dataset) != 0;
    if (!reads_interactions) return;
    throw invalid_input("Interactions filters are not supported for the recipe " + std::string(recipe_arn) + ": " +
                            filter->reference.arn,
                        "Item-Attribute-Affinity takes no filter of interactions", Evidence::documented);
}

void check_segment_size(const Json& input) {
    const Json results = input.value("numResults", Json());
    if (!results.is_number() || results.get<std::int64_t>() <= most_users) return;
    throw invalid_input("numResults must not be greater than " + std::to_string(most_users) + ".",
                        "a segment has at most five million users", Evidence::documented);
}

}  // namespace

void complete_batch_inference_job(Creation& creation) {
    const std::string* const given_mode = creation.text("batchInferenceJobMode");
    const std::string_view mode = given_mode == nullptr ? inference_mode : std::string_view(*given_mode);
    const ResolvedReference& solution_version = *creation.refer("solutionVersionArn");
    const std::string recipe = inherited(creation.context, solution_version, "recipeArn");
    check_inference_recipe(recipe, mode);
    complete_batch_job(creation, solution_version, languages::FilterIds::items);
    check_item_exploration(creation.input.value("batchInferenceJobConfig", Json()), recipe);
    check_theme(mode, creation.input);
    if (mode == theme_mode)
        check_theme_columns(creation, inherited(creation.context, solution_version, "datasetGroupArn"));
    creation.document["batchInferenceJobMode"] = mode;
}

void complete_batch_segment_job(Creation& creation) {
    const ResolvedReference& solution_version = *creation.refer("solutionVersionArn");
    const std::string recipe = inherited(creation.context, solution_version, "recipeArn");
    check_segment_recipe(recipe);
    complete_batch_job(creation, solution_version, languages::FilterIds::users);
    check_segment_filter(creation, recipe);
    check_segment_size(creation.input);
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
