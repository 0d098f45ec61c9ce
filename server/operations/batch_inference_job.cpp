#include "server/operations/batch_inference_job.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/model/api_error.h"
#include "server/operations/kinds.h"
#include "server/operations/s3_location.h"
#include "server/operations/tags.h"

namespace plocal::operations {
namespace {

using model::ApiError;
using model::Evidence;
using model::Json;

constexpr int default_results = 25;
constexpr std::string_view inference_mode = "BATCH_INFERENCE";
constexpr std::string_view theme_mode = "THEME_GENERATION";
constexpr std::string_view theme_recipe = "aws-similar-items";
// https://docs.aws.amazon.com/personalize/latest/dg/native-recipes-segment.html and the recipes' own pages
constexpr std::array<std::string_view, 4> recipes_without_batch_inference = {
    "aws-trending-now", "aws-next-best-action", "aws-item-affinity", "aws-item-attribute-affinity"};

ApiError invalid(std::string message, std::string why, Evidence evidence) {
    return {"InvalidInputException", std::move(message), std::move(why), evidence};
}

/// A member of the solution version, or of its solution where only that one tells it; empty where neither does.
std::string trait(Context& context, const Referred& solution_version, std::string_view member) {
    if (!solution_version.record) return {};
    const Json document = model::parse_json(solution_version.record->document);
    if (const std::string* const value = text_member(document, member)) return *value;
    const auto solution = context.store.resources().find(solution_version.record->parent);
    if (!solution) return {};
    const Json solution_document = model::parse_json(solution->document);
    const std::string* const value = text_member(solution_document, member);
    return value == nullptr ? std::string() : *value;
}

std::string_view recipe_name(std::string_view recipe_arn) {
    return recipe_arn.substr(recipe_arn.find('/') + 1);
}

void check_recipe(std::string_view recipe_arn, std::string_view mode) {
    if (recipe_arn.empty()) return;
    const std::string_view name = recipe_name(recipe_arn);
    if (std::ranges::find(recipes_without_batch_inference, name) != recipes_without_batch_inference.end()) {
        throw invalid("Batch inference is not supported for the recipe " + std::string(recipe_arn),
                      "the solution version's recipe makes no batch recommendations", Evidence::documented);
    }
    if (mode == theme_mode && name != theme_recipe) {
        throw invalid("Theme generation is not supported for the recipe " + std::string(recipe_arn),
                      "themes need a solution version of the Similar-Items recipe", Evidence::documented);
    }
}

void check_theme(std::string_view mode, const Json& input) {
    const bool has_config = input.contains("themeGenerationConfig") && !input["themeGenerationConfig"].is_null();
    if (mode == theme_mode && !has_config) {
        throw invalid("themeGenerationConfig is required when batchInferenceJobMode is THEME_GENERATION.",
                      "theme generation needs the name of the item name column", Evidence::documented);
    }
    if (mode != theme_mode && has_config) {
        throw invalid("themeGenerationConfig is only supported when batchInferenceJobMode is THEME_GENERATION.",
                      "themeGenerationConfig would be without effect", Evidence::inferred);
    }
}

S3Location location_of(const Json& input, const char* member, const char* source, const char* message) {
    const std::string& path = *text_member(input.at(member).at(source), "path");
    if (const std::optional<S3Location> location = parse_s3_location(path)) return *location;
    throw invalid(message, std::string(member) + " must be s3://BUCKET/KEY, with a name that a bucket can have",
                  Evidence::documented);
}

void check_paths(const Json& input) {
    const S3Location from = location_of(input, "jobInput", "s3DataSource", "Invalid S3 input path");
    const S3Location to = location_of(input, "jobOutput", "s3DataDestination", "Invalid S3 output path");
    if (from.is_same_place_as(to)) {
        throw invalid("Invalid S3 output path", "the output must not go where the input is", Evidence::documented);
    }
}

void check_filter_group(Context& context, const Referred& filter, const Referred& solution_version) {
    if (!filter.record) return;
    const std::string group = trait(context, solution_version, "datasetGroupArn");
    if (!group.empty() && !filter.record->parent.empty() && filter.record->parent != group) {
        throw invalid(
            "The given filter does not belong to the dataset group of the solution version: " + filter.reference.arn,
            "filter and solution version must be of one dataset group", Evidence::inferred);
    }
}

Json document_from(const Json& input, std::string_view mode) {
    Json document = input;  // the kind's shape lets through what Describe shows; tags it does not show
    if (document.value("numResults", Json()).is_null()) document["numResults"] = default_results;
    document["batchInferenceJobMode"] = mode;
    return document;
}

}  // namespace

Output create_batch_inference_job(Context& context, const Json& input) {
    const Kind& solution_version_kind = kind_named("solutionVersion");
    const Kind& filter_kind = kind_named("filter");
    const std::string* const given_mode = text_member(input, "batchInferenceJobMode");
    const std::string_view mode = given_mode == nullptr ? inference_mode : std::string_view(*given_mode);

    const std::string& solution_version_arn = *text_member(input, "solutionVersionArn");
    std::vector<Referred> references{refer_to(context, solution_version_kind, solution_version_arn)};
    require_active(context, solution_version_kind, references.front());
    check_recipe(trait(context, references.front(), "recipeArn"), mode);
    if (const std::string* const filter_arn = text_member(input, "filterArn")) {
        references.push_back(refer_to(context, filter_kind, *filter_arn));
        require_active(context, filter_kind, references.back());
        check_filter_group(context, references.back(), references.front());
    }
    check_theme(mode, input);

    const storage::Owner owner = owner_of_new(context, solution_version_arn);
    std::string arn = create(context, kind_named("batchInferenceJob"), owner, *text_member(input, "jobName"),
                             document_from(input, mode), references);
    check_paths(input);  // behind the name; the transaction undoes what is stored
    keep_tags(context, arn, input);
    return Json{{"batchInferenceJobArn", std::move(arn)}};
}

}  // namespace plocal::operations
