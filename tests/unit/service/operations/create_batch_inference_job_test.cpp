#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/movies.h"

namespace plocal::operations {
namespace {

using testing::IsEmpty;

constexpr const char* create = "CreateBatchInferenceJob";

Json described(World& world, std::string_view name) {
    const Answer answer = world.call("DescribeBatchInferenceJob",
                                     {{"batchInferenceJobArn", arn("batch-inference-job/" + std::string(name))}});
    EXPECT_EQ(outcome(answer), "200") << name;
    return answer.body.is_object() ? answer.body["batchInferenceJob"] : Json();
}

Json path_of(const char* path) {
    return {{"path", path}};
}

Json theme() {
    return {{"fieldsForThemeGeneration", {{"itemName", "TITLE"}}}};
}

TEST(CreateBatchInferenceJob, ReturnsOnlyTheArn) {
    World world;
    load_movies(world);
    EXPECT_EQ(world.call(create, create_input("one")).text,
              R"({"batchInferenceJobArn":"arn:aws:personalize:us-east-1:000000000000:batch-inference-job/one"})");
}

// Fidelity: inferred | Describe returns every member of the Create as given, except tags |
//   aws-solutions/maintaining-personalized-experiences-with-machine-learning, shared/personalize_service.py
TEST(CreateBatchInferenceJob, IsDescribedWithEveryMemberOfTheRequest) {
    World world;
    load_movies(world);
    const Json key = "arn:aws:kms:us-east-1:000000000000:key/k";
    Json input = create_input("one");
    input["filterArn"] = arn("filter/comedy");
    input["numResults"] = 7;
    input["jobInput"]["s3DataSource"]["kmsKeyArn"] = key;
    input["jobOutput"]["s3DataDestination"]["kmsKeyArn"] = key;
    input["batchInferenceJobConfig"] = {
        {"itemExplorationConfig", {{"explorationWeight", "0.3"}, {"explorationItemAgeCutOff", "30"}}},
        {"rankingInfluence", {{"POPULARITY", 0.5}}}};
    input["batchInferenceJobMode"] = "BATCH_INFERENCE";
    input["tags"] = {{{"tagKey", "team"}, {"tagValue", "films"}}};
    ASSERT_EQ(outcome(world.call(create, input)), "200");

    Json expected = input;
    expected.erase("tags");
    expected["batchInferenceJobArn"] = arn("batch-inference-job/one");
    expected["status"] = "PENDING";
    expected["creationDateTime"] = 1'769'860'800.123;
    expected["lastUpdatedDateTime"] = 1'769'860'800.123;
    const Json job = described(world, "one");
    EXPECT_EQ(job.size(), expected.size());
    for (const auto& [name, value] : expected.items()) EXPECT_EQ(job.value(name, Json()), value) << name;
    EXPECT_THAT(world.store().tags().list(arn("batch-inference-job/one")),
                testing::ElementsAre(storage::Tag{"team", "films"}));
}

TEST(CreateBatchInferenceJob, KeepsTheThemeGenerationConfig) {
    World world;
    load_movies(world);
    Json input = with(create_input("one"), "solutionVersionArn", arn("solution/similar/1234abcd"));
    input["batchInferenceJobMode"] = "THEME_GENERATION";
    input["themeGenerationConfig"] = theme();
    ASSERT_EQ(outcome(world.call(create, input)), "200");
    EXPECT_EQ(described(world, "one")["batchInferenceJobMode"], "THEME_GENERATION");
    EXPECT_EQ(described(world, "one")["themeGenerationConfig"], theme());
}

// Fidelity: documented | The defaults of a batch job are 25 results per line and the mode BATCH_INFERENCE |
//   DG/creating-batch-inference-job.html; boto/botocore, personalize/2018-05-22/service-2.json
// Fidelity: inferred | Describe also returns the defaults of a batch job: additional members do not break code that
//   compares with its request | -
TEST(CreateBatchInferenceJob, FillsTheDocumentedDefaults) {
    World world;
    load_movies(world);
    Json nulls = create_input("nulls");
    for (const char* const member : {"filterArn", "numResults", "batchInferenceJobConfig", "tags",
                                     "batchInferenceJobMode", "themeGenerationConfig"}) {
        nulls[member] = nullptr;
    }
    world.call(create, create_input("least"));
    world.call(create, nulls);
    for (const char* const name : {"least", "nulls"}) {
        const Json job = described(world, name);
        EXPECT_EQ(job.value("numResults", 0), 25) << name;
        EXPECT_EQ(job.value("batchInferenceJobMode", ""), "BATCH_INFERENCE") << name;
        for (const char* const member :
             {"filterArn", "batchInferenceJobConfig", "themeGenerationConfig", "tags", "failureReason"}) {
            EXPECT_FALSE(job.contains(member)) << name << " " << member;
        }
    }
}

TEST(CreateBatchInferenceJob, IgnoresMembersUnknownToTheModel) {
    World world;
    load_movies(world);
    ASSERT_EQ(outcome(world.call(create, with(create_input("one"), "status", "ACTIVE"))), "200");
    EXPECT_EQ(described(world, "one")["status"], "PENDING");
}

/// One defect of an input, and the refusal of the service.
struct Defect {
    const char* name;
    std::function<void(Json&)> spoil;
    std::string expected;
};

std::string not_found(const char* words, const char* resource) {
    return std::string("ResourceNotFoundException: The given ") + words + " does not exist: " + arn(resource);
}

Defect version_defect(const char* name, const char* resource, const std::string& text) {
    return {name, [resource](Json& input) { input["solutionVersionArn"] = arn(resource); }, text};
}

Defect filter_defect(const char* name, const char* resource, const std::string& text) {
    return {name, [resource](Json& input) { input["filterArn"] = arn(resource); }, text};
}

Json tags(std::size_t count) {
    Json list = Json::array();
    for (std::size_t i = 0; i < count; ++i) list.push_back({{"tagKey", "k" + std::to_string(i)}, {"tagValue", ""}});
    return list;
}

/// All defects, in the order in which they are checked.
std::vector<Defect> defects() {
    const std::string inactive_version = "The given solution version is not active: ";
    const std::string inactive_filter = "The given filter is not active: ";
    return {
        {"a constraint", [](Json& input) { input["jobName"] = "-"; },
         "ValidationException: 1 validation error detected: Value '-' at 'jobName' failed to satisfy constraint: "
         "Member must satisfy regular expression pattern: ^[a-zA-Z0-9][a-zA-Z0-9\\-_]*"},
        version_defect("no such version", "solution/movies/none",
                       not_found("solution version", "solution/movies/none")),
        version_defect("a solution for a version", "solution/movies", not_found("solution version", "solution/movies")),
        version_defect("a filter for a version", "filter/comedy", not_found("solution version", "filter/comedy")),
        version_defect("a version in the making", "solution/movies/pending",
                       "ResourceInUseException: " + inactive_version + arn("solution/movies/pending")),
        version_defect("a version in progress", "solution/movies/inprogress",
                       "ResourceInUseException: " + inactive_version + arn("solution/movies/inprogress")),
        version_defect("a failed version", "solution/movies/failed",
                       "InvalidInputException: " + inactive_version + arn("solution/movies/failed")),
        version_defect("a stopped version", "solution/movies/stopped",
                       "InvalidInputException: " + inactive_version + arn("solution/movies/stopped")),
        version_defect(
            "a recipe without batch inference", "solution/trending/1234abcd",
            "InvalidInputException: Batch inference is not supported for the recipe " + recipe("aws-trending-now")),
        filter_defect("no such filter", "filter/none", not_found("filter", "filter/none")),
        filter_defect("a version for a filter", "solution/movies/1234abcd",
                      not_found("filter", "solution/movies/1234abcd")),
        filter_defect("a filter in the making", "filter/pending",
                      "ResourceInUseException: " + inactive_filter + arn("filter/pending")),
        filter_defect("a failed filter", "filter/failed",
                      "InvalidInputException: " + inactive_filter + arn("filter/failed")),
        filter_defect("a filter of another group", "filter/books",
                      "InvalidInputException: The given filter does not belong to the dataset group of the solution "
                      "version: " +
                          arn("filter/books")),
        {"a theme without theme generation", [](Json& input) { input["themeGenerationConfig"] = theme(); },
         "InvalidInputException: themeGenerationConfig is only supported when batchInferenceJobMode is "
         "THEME_GENERATION."},
        {"a name taken", [](Json& input) { input["jobName"] = "taken"; },
         "ResourceAlreadyExistsException: Another resource with Arn " + arn("batch-inference-job/taken") +
             " already exists."},
        {"an input that is not in S3", [](Json& input) { input["jobInput"]["s3DataSource"] = path_of("http://b/k"); },
         "InvalidInputException: Invalid S3 input path"},
        {"an output that is not in S3",
         [](Json& input) { input["jobOutput"]["s3DataDestination"] = path_of("s3://Bucket/k"); },
         "InvalidInputException: Invalid S3 output path"},
        {"too many tags", [](Json& input) { input["tags"] = tags(51); },
         "TooManyTagsException: You have exceeded the maximum number of tags you can apply to this resource."},
    };
}

// Fidelity: seen | The name of a job is never free again; a second Create with it is refused with `Another resource
//   with Arn ARN already exists.` | aws-samples/amazon-personalize-samples, POC_in_a_box
// Fidelity: documented | An invalid path is refused with `Invalid S3 input path` or `Invalid S3 output path` |
//   DG/error-messages.html
// Fidelity: inferred | A malformed path is refused by the Create itself, as seen for import jobs whose data cannot be
//   read | aws-samples/amazon-personalize-immersion-day, News_01_Data_Layer.ipynb
// Fidelity: inferred | A filter must belong to the dataset group of the solution version | -
TEST(CreateBatchInferenceJob, RefusesEachDefectWithTheMessageOfTheService) {
    for (const Defect& defect : defects()) {
        World world;
        load_movies(world);
        world.call(create, create_input("taken"));
        Json input = create_input("one");
        defect.spoil(input);
        const Answer answer = world.call(create, input);
        EXPECT_EQ(outcome(answer), defect.expected) << defect.name;
        EXPECT_EQ(answer.status, 400) << defect.name;
        EXPECT_THAT(answer.header("x-personalize-local-why"),
                    testing::MatchesRegex(".+ \\((seen|documented|inferred)\\)"))
            << defect.name;
    }
}

// Fidelity: inferred | A Create checks that the solution version exists, its status, its recipe, the filter, the name,
//   the paths and the tags, in this order | -
TEST(CreateBatchInferenceJob, ChecksForDefectsInTheOrderOfTheService) {
    World world;
    load_movies(world);
    world.call(create, create_input("taken"));
    const std::vector<Defect> all = defects();
    for (std::size_t first = 0; first < all.size(); ++first) {
        Json input = create_input("one");
        for (std::size_t i = all.size(); i-- > first;)
            all[i].spoil(input);  // the first defect is written last, so that it stays
        EXPECT_EQ(outcome(world.call(create, input)), all[first].expected) << all[first].name;
    }
}

TEST(CreateBatchInferenceJob, StoresNothingIfItIsRefused) {
    for (const Defect& defect : defects()) {
        World world;
        load_movies(world);
        world.call(create, create_input("taken"));
        Json input = create_input("one");
        input["tags"] = tags(1);
        defect.spoil(input);
        world.call(create, input);
        EXPECT_EQ(world.store().counts().by_kind().at("batchInferenceJob"), 1) << defect.name;
        EXPECT_FALSE(world.store().resources().find(arn("batch-inference-job/one"))) << defect.name;
        EXPECT_THAT(world.store().tags().list(arn("batch-inference-job/one")), IsEmpty()) << defect.name;
        EXPECT_EQ(outcome(world.call(create, create_input("one"))), "200") << defect.name << ": its name is still free";
    }
}

// Fidelity: documented | Trending-Now, Next-Best-Action and the recipes for user segmentation make no batch
//   recommendations | DG/native-recipe-trending-now.html; DG/native-recipe-next-best-action.html;
//   DG/native-recipes-segment.html
TEST(CreateBatchInferenceJob, RefusesRecipesWithoutBatchRecommendations) {
    World world;
    const char* const recipes[] = {"aws-trending-now", "aws-next-best-action", "aws-item-affinity",
                                   "aws-item-attribute-affinity"};
    for (const char* const name : recipes) {
        world.load({{"solutionVersion", version(std::string(name) + "/1", name)}});
        const Json input = with(create_input(name), "solutionVersionArn", arn(std::string("solution/") + name + "/1"));
        EXPECT_EQ(outcome(world.call(create, input)),
                  "InvalidInputException: Batch inference is not supported for the recipe " + recipe(name));
    }
}

TEST(CreateBatchInferenceJob, AcceptsEveryOtherRecipe) {
    World world;
    const char* const recipes[] = {
        "aws-user-personalization", "aws-user-personalization-v2", "aws-similar-items", "aws-sims",
        "aws-personalized-ranking", "aws-popularity-count",        "aws-hrnn"};
    for (const char* const name : recipes) {
        world.load({{"solutionVersion", version(std::string(name) + "/1", name)}});
        const Json input = with(create_input(name), "solutionVersionArn", arn(std::string("solution/") + name + "/1"));
        EXPECT_EQ(outcome(world.call(create, input)), "200") << name;
    }
}

TEST(CreateBatchInferenceJob, TakesTheRecipeFromTheSolutionIfTheVersionHasNone) {
    World world;
    support::load_solution_version(world);
    world.load({{"solution", {{"solutionArn", arn("solution/movies")}, {"recipeArn", recipe("aws-trending-now")}}}});
    EXPECT_EQ(outcome(world.call(create, create_input("one"))),
              "InvalidInputException: Batch inference is not supported for the recipe " + recipe("aws-trending-now"));
}

// Fidelity: documented | Themes need a solution version of Similar-Items and the column with the item names |
//   DG/themed-batch-recommendations.html
TEST(CreateBatchInferenceJob, NeedsSimilarItemsAndAnItemNameForThemes) {
    World world;
    load_movies(world);
    const Json themes = with(create_input("one"), "batchInferenceJobMode", "THEME_GENERATION");
    const Json similar = with(themes, "solutionVersionArn", arn("solution/similar/1234abcd"));
    EXPECT_EQ(outcome(world.call(create, with(themes, "themeGenerationConfig", theme()))),
              "InvalidInputException: Theme generation is not supported for the recipe " +
                  recipe("aws-user-personalization"));
    EXPECT_EQ(outcome(world.call(create, similar)),
              "InvalidInputException: themeGenerationConfig is required when batchInferenceJobMode is "
              "THEME_GENERATION.");
    EXPECT_EQ(outcome(world.call(create, with(similar, "themeGenerationConfig", theme()))), "200");
}

TEST(CreateBatchInferenceJob, AcceptsAFilterWhoseGroupIsUnknown) {
    World world;
    support::load_solution_version(world);
    world.load({{"filters", {filter("comedy", "movies"), {{"filterArn", arn("filter/bare")}}}}});
    EXPECT_EQ(outcome(world.call(create, with(create_input("one"), "filterArn", arn("filter/comedy")))), "200");
    EXPECT_EQ(outcome(world.call(create, with(create_input("two"), "filterArn", arn("filter/bare")))), "200");
}

TEST(CreateBatchInferenceJob, TakesTheGroupFromTheSolutionIfTheVersionHasNone) {
    World world;
    support::load_solution_version(world);
    world.load(
        {{"solution", {{"solutionArn", arn("solution/movies")}, {"datasetGroupArn", arn("dataset-group/movies")}}},
         {"filters", {filter("comedy", "movies"), filter("books", "books")}}});
    EXPECT_EQ(outcome(world.call(create, with(create_input("one"), "filterArn", arn("filter/comedy")))), "200");
    EXPECT_EQ(world.call(create, with(create_input("two"), "filterArn", arn("filter/books"))).error(),
              "InvalidInputException");
}

// Fidelity: documented | A job with the same path for input and output is refused with `Invalid S3 output path` |
//   DG/error-messages.html
// Fidelity: inferred | Paths with http and https match the pattern of the model but are refused, since only S3 is
//   documented | -
TEST(CreateBatchInferenceJob, NeedsDifferentInputAndOutputPaths) {
    const struct {
        const char* from;
        const char* to;
        const char* expected;
    } cases[] = {
        {"s3://b-1/in/", "s3://b-1/in/", "InvalidInputException: Invalid S3 output path"},
        {"s3://b-1/in", "s3://b-1/in/", "InvalidInputException: Invalid S3 output path"},
        {"s3://b-1", "s3://b-1/", "InvalidInputException: Invalid S3 output path"},
        {"s3://b-1/in/users.json", "s3://b-1/in/", "200"},
        {"s3://b-1/in/", "s3://b-2/in/", "200"},
        {"s3://b_1/in", "s3://b-1/out", "InvalidInputException: Invalid S3 input path"},
        {"https://b-1/in", "s3://b-1/out", "InvalidInputException: Invalid S3 input path"},
        {"s3://b-1/in", "http://b-1/out", "InvalidInputException: Invalid S3 output path"},
    };
    for (const auto& one : cases) {
        World world;
        support::load_solution_version(world);
        Json input = create_input("one");
        input["jobInput"]["s3DataSource"] = path_of(one.from);
        input["jobOutput"]["s3DataDestination"] = path_of(one.to);
        EXPECT_EQ(outcome(world.call(create, input)), one.expected) << one.from << " to " << one.to;
    }
}

// Fidelity: documented | More than 50 tags are refused with TooManyTagsException | DG/API_CreateBatchInferenceJob.html;
//   boto/botocore, personalize/2018-05-22/service-2.json
// Fidelity: inferred | The message of a TooManyTagsException is its description in the model, since no real message is
//   public | -
TEST(CreateBatchInferenceJob, LimitsItsTags) {
    const auto tag = [](const char* key, const char* value) { return Json{{"tagKey", key}, {"tagValue", value}}; };
    const std::string too_many =
        "TooManyTagsException: You have exceeded the maximum number of tags you can apply to this resource.";
    const struct {
        const char* name;
        Json tags;
        std::string expected;
    } cases[] = {
        {"none", Json::array(), "200"},
        {"fifty", tags(50), "200"},
        {"fifty-one", tags(51), too_many},
        {"two hundred", tags(200), too_many},
        {"a key twice", Json::array({tag("a", "1"), tag("b", "2"), tag("a", "1")}),
         "InvalidInputException: Duplicate tag key: a"},
        {"keys that differ in case", Json::array({tag("a", "1"), tag("A", "1")}), "200"},
        {"a reserved key", Json::array({tag("aws:team", "1")}),
         "InvalidInputException: Tag keys must not begin with aws:. Found: aws:team"},
        {"a key that only begins alike", Json::array({tag("aws-team", "aws:1")}), "200"},
    };
    for (const auto& one : cases) {
        World world;
        support::load_solution_version(world);
        EXPECT_EQ(outcome(world.call(create, with(create_input("one"), "tags", one.tags))), one.expected) << one.name;
    }
    World world;
    support::load_solution_version(world);
    EXPECT_EQ(world.call(create, with(create_input("one"), "tags", tags(201))).error(), "ValidationException");
}

// Fidelity: seen | Names are unique per kind, account and region, not per dataset group |
//   aws-samples/amazon-personalize-samples, POC_in_a_box; aws-samples/retail-demo-store#219
TEST(CreateBatchInferenceJob, AllowsANameOncePerAccountAndRegion) {
    World world;
    world.load({{"solutionVersions",
                 {{{"solutionVersionArn", "arn:aws:personalize:us-east-1:111111111111:solution/movies/1"}},
                  {{"solutionVersionArn", "arn:aws:personalize:us-east-1:222222222222:solution/movies/1"}}}}});
    Json input = create_input("one");
    input["solutionVersionArn"] = "arn:aws:personalize:us-east-1:111111111111:solution/movies/1";
    EXPECT_EQ(outcome(world.call(create, input)), "200");
    EXPECT_EQ(world.call(create, input).error(), "ResourceAlreadyExistsException");
    input["solutionVersionArn"] = "arn:aws:personalize:us-east-1:222222222222:solution/movies/1";
    EXPECT_EQ(outcome(world.call(create, input)), "200");
}

}  // namespace
}  // namespace plocal::operations
