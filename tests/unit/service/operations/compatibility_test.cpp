#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using support::Deployment;
using support::outcome;

const Json genres = {{"name", "GENRES"}, {"type", "string"}, {"categorical", true}};
const Json description = {{"name", "DESCRIPTION"}, {"type", "string"}, {"textual", true}};

/// Creates an ACTIVE dataset of items with this column in the group movies.
std::string make_items(Deployment& world, const Json& column) {
    const Json schema = {{"name", "items"}, {"schema", support::items_schema(column)}};
    const Json members = {{"name", "items"}, {"datasetType", "Items"}, {"schemaArn", world.created("schema", schema)}};
    const std::string dataset = world.created("dataset", members);
    world.advance(3s);
    return dataset;
}

// Fidelity: documented | The domain of a dataset's schema is that of its dataset group | DG/API_CreateDataset.html
TEST(Dataset, NeedsASchemaOfItsTypeAndDomain) {
    const std::string items = support::items_schema(genres);
    const struct {
        const char* name;
        Json schema;
        const char* type;
        const char* group;
        std::string expected;
    } cases[] = {
        {"its own type", {{"schema", items}}, "Items", "datasetGroup", "200"},
        {"in any case", {{"schema", items}}, "iTEMS", "datasetGroup", "200"},
        {"another type",
         {{"schema", items}},
         "Users",
         "datasetGroup",
         "InvalidInputException: The given schema is not a schema for datasets of type USERS: " + arn("schema/any")},
        {"no type at all",
         {{"schema", items}},
         "Movies",
         "datasetGroup",
         "InvalidInputException: The given dataset type is invalid: Movies"},
        {"no domain for a group with one",
         {{"schema", support::interactions_schema()}},
         "Interactions",
         "videoGroup",
         "InvalidInputException: The domain of the given schema does not match that of the dataset group: " +
             arn("schema/any")},
        {"a domain for a group without",
         {{"schema", support::interactions_schema()}, {"domain", "ECOMMERCE"}},
         "Interactions",
         "datasetGroup",
         "InvalidInputException: The domain of the given schema does not match that of the dataset group: " +
             arn("schema/any")},
        {"another domain",
         {{"schema", support::interactions_schema()}, {"domain", "ECOMMERCE"}},
         "Interactions",
         "videoGroup",
         "InvalidInputException: The domain of the given schema does not match that of the dataset group: " +
             arn("schema/any")},
        {"the same domain",
         {{"schema", support::interactions_schema()}, {"domain", "VIDEO_ON_DEMAND"}},
         "Interactions",
         "videoGroup",
         "200"},
    };
    for (const auto& one : cases) {
        Deployment world;
        Json schema = one.schema;
        schema["name"] = "any";
        const Json input = {{"name", "any"},
                            {"schemaArn", world.created("schema", schema)},
                            {"datasetGroupArn", world.make(one.group)},
                            {"datasetType", one.type}};
        EXPECT_EQ(outcome(world.call("CreateDataset", input)), one.expected) << one.name;
    }
}

TEST(Dataset, IsUniqueByTypeInItsGroup) {
    Deployment world;
    world.make("dataset");
    EXPECT_EQ(outcome(world.create("dataset", {{"name", "again"}, {"datasetType", "INTERACTIONS"}})),
              "ResourceAlreadyExistsException: Another dataset of type: INTERACTIONS already exists in the provided "
              "dataset group");
    make_items(world, genres);
    EXPECT_EQ(world.listed("dataset").size(), 2);
}

// Fidelity: documented | A KMS key needs a role that may use it, and a role is only valid with a key |
//   DG/API_CreateDatasetGroup.html
TEST(DatasetGroup, NeedsAKmsKeyAndItsRoleTogether) {
    Deployment world;
    const Json key = {{"kmsKeyArn", "arn:aws:kms:us-east-1:000000000000:key/1"}};
    EXPECT_EQ(outcome(world.create("datasetGroup", key)),
              "InvalidInputException: roleArn is required when kmsKeyArn is specified.");
    Json role = {{"roleArn", "arn:aws:iam::000000000000:role/personalize"}};
    EXPECT_EQ(outcome(world.create("datasetGroup", role)),
              "InvalidInputException: kmsKeyArn is required when roleArn is specified.");
    role.update(key);
    EXPECT_EQ(outcome(world.create("datasetGroup", role)), "200");
}

// Fidelity: inferred | A filter uses columns of the datasets of its group, regardless of case; a dataset that the group
//   has not is refused as an unknown column is | -
TEST(Filter, MayOnlyUseExistingColumns) {
    const std::string no_column = "InvalidInputException: Invalid Expression. The column ";
    const std::string no_users =
        "InvalidInputException: Invalid Expression. The dataset group has no dataset of type USERS: " +
        arn("dataset-group/movies");
    const struct {
        const char* expression;
        std::string expected;
    } cases[] = {
        {R"(INCLUDE ItemID WHERE Items.GENRES IN ("drama"))", "200"},
        {R"(INCLUDE ItemID WHERE Items.genres IN ("drama"))", "200"},
        {R"(INCLUDE ItemID WHERE Items.ITEM_ID IN ("1"))", "200"},
        {R"(INCLUDE ItemID WHERE Items.YEAR > 2000)",
         no_column + "YEAR is not in the schema of the dataset " + arn("dataset/movies/ITEMS")},
        {R"(INCLUDE ItemID WHERE Items.GENRES IN ("drama") AND Items.YEAR > 2000)",
         no_column + "YEAR is not in the schema of the dataset " + arn("dataset/movies/ITEMS")},
        {R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("*"))", "200"},
        {R"(INCLUDE UserID WHERE Users.AGE > 20)", no_users},
        {R"(INCLUDE ItemID WHERE Items.GENRES IN ("drama") IF CurrentUser.AGE > 20)", no_users},
        {R"(INCLUDE ItemID WHERE Items.GENRES IN ($GENRES))", "200"},
    };
    for (const auto& one : cases) {
        Deployment world;
        world.make("dataset");
        make_items(world, genres);
        EXPECT_EQ(outcome(world.create("filter", {{"filterExpression", one.expression}})), one.expected)
            << one.expression;
    }
}

TEST(Filter, MayUseAnyColumnOfAGroupThatCameWithoutDatasets) {
    Deployment world;
    const Json input = {{"name", "young"},
                        {"datasetGroupArn", world.load_bare_group()},
                        {"filterExpression", "INCLUDE UserID WHERE Users.AGE < 20"}};
    EXPECT_EQ(outcome(world.call("CreateFilter", input)), "200");
}

// Fidelity: documented | CreateFilter refuses textual and boolean columns | DG/filter-expressions.html
TEST(Filter, MayNotUseTextualOrBooleanColumns) {
    const std::string column = "InvalidInputException: Invalid Expression. The column ";
    const struct {
        Json column;
        std::string expected;
    } cases[] = {
        {description, column + "DESCRIPTION is textual. Filters cannot use textual columns."},
        {{{"name", "DESCRIPTION"}, {"type", "boolean"}},
         column + "DESCRIPTION is boolean. Filters cannot use boolean columns."},
    };
    for (const auto& one : cases) {
        Deployment world;
        world.make("dataset");
        make_items(world, one.column);
        const char* const expression = R"(INCLUDE ItemID WHERE Items.DESCRIPTION IN ("long"))";
        EXPECT_EQ(outcome(world.create("filter", {{"filterExpression", expression}})), one.expected);
        EXPECT_TRUE(world.listed("filter").empty());
    }
}

TEST(Filter, NeedsAValidFilterExpression) {
    Deployment world;
    EXPECT_EQ(world.create("filter", {{"filterExpression", "SHOW ItemID"}}).error(), "InvalidInputException");
    EXPECT_EQ(outcome(world.create("filter", {{"filterExpression", "INCLUDE ItemID WHERE Items.GENRES NOT IN ($G)"}})),
              "InvalidInputException: Invalid input symbol: $G. Placeholders are not allowed with NOT_IN operator.");
    EXPECT_TRUE(world.listed("filter").empty());
}

// Fidelity: documented | Only user segmentation recipes make batch segments; they serve no campaign |
//   DG/native-recipes-segment.html
TEST(Recipe, DecidesWhatASolutionVersionCanBeUsedFor) {
    Deployment world;
    const Json ranking = {{"solutionVersionArn", world.make("solutionVersion")}};
    const Json segments = {{"solutionVersionArn", world.make("segmentVersion")}};
    const std::string of_users = "arn:aws:personalize:::recipe/aws-user-personalization";
    const std::string of_segments = "arn:aws:personalize:::recipe/aws-item-affinity";
    EXPECT_EQ(outcome(world.create("batchSegmentJob", ranking)),
              "InvalidInputException: Batch segment jobs are not supported for the recipe " + of_users);
    EXPECT_EQ(outcome(world.create("batchInferenceJob", segments)),
              "InvalidInputException: Batch inference is not supported for the recipe " + of_segments);
    EXPECT_EQ(outcome(world.create("campaign", segments)),
              "InvalidInputException: Campaigns are not supported for the recipe " + of_segments);
    EXPECT_EQ(outcome(world.create("batchSegmentJob", segments)), "200");
    EXPECT_EQ(outcome(world.create("batchInferenceJob", ranking)), "200");
}

// Fidelity: seen | A recommender needs a dataset group with a domain: Please use a domains-specific Dataset Group to
//   create the Recommender | aws-samples/amazon-personalize-samples#136
// Fidelity: documented | A recommender's recipe is one of its dataset group's domain | DG/API_CreateRecommender.html
TEST(Recipe, OfADomainIsOnlyForRecommendersOfThatDomain) {
    Deployment world;
    const auto with_recipe = [](const char* name) {
        return Json{{"recipeArn", std::string("arn:aws:personalize:::recipe/") + name}};
    };
    EXPECT_EQ(outcome(world.create("solution", with_recipe("aws-vod-top-picks"))),
              "InvalidInputException: The given recipe is not supported for solutions: "
              "arn:aws:personalize:::recipe/aws-vod-top-picks");
    for (const char* const name : {"aws-ecomm-recommended-for-you", "aws-user-personalization"}) {
        EXPECT_EQ(outcome(world.create("recommender", with_recipe(name))),
                  "InvalidInputException: The given recipe is not supported for the domain VIDEO_ON_DEMAND: "
                  "arn:aws:personalize:::recipe/" +
                      std::string(name));
    }
    EXPECT_EQ(outcome(world.create("recommender", {{"datasetGroupArn", world.make("datasetGroup")}})),
              "InvalidInputException: Please use a domains-specific Dataset Group to create the Recommender");
    EXPECT_EQ(outcome(world.create("recommender", with_recipe("aws-vod-most-popular"))), "200");
}

// Fidelity: documented | A solution needs a recipe unless performAutoML is true | DG/API_CreateSolution.html
TEST(Solution, NeedsARecipeWithoutAutoMl) {
    Deployment world;
    EXPECT_EQ(outcome(world.create("solution", {{"recipeArn", nullptr}})),
              "InvalidInputException: recipeArn is required when performAutoML is false.");
    EXPECT_EQ(outcome(world.create("solution", {{"recipeArn", nullptr}, {"performAutoML", true}})), "200");
}

// Fidelity: documented | Training mode UPDATE is for User-Personalization and HRNN-Coldstart |
//   DG/API_CreateSolutionVersion.html
TEST(SolutionVersion, TrainsInUpdateModeOnlyIfItsRecipeSupportsIt) {
    Deployment world;
    const Json update = {{"trainingMode", "UPDATE"}};
    EXPECT_EQ(outcome(world.create("solutionVersion", update)), "200");
    EXPECT_EQ(outcome(world.create("segmentVersion", update)),
              "InvalidInputException: Training mode UPDATE is not supported for the recipe "
              "arn:aws:personalize:::recipe/aws-item-affinity");
}

// Fidelity: documented | Some recipes are trained on more than interactions |
//   DG/native-recipe-item-attribute-affinity.html
TEST(SolutionVersion, NeedsTheDatasetsThatItsRecipeIsTrainedOn) {
    Deployment world;
    world.make("datasetImportJob");
    const std::string solution = world.created(
        "solution",
        {{"name", "attributes"}, {"recipeArn", "arn:aws:personalize:::recipe/aws-item-attribute-affinity"}});
    const auto train = [&] { return outcome(world.call("CreateSolutionVersion", {{"solutionArn", solution}})); };
    EXPECT_EQ(train(), "InvalidInputException: The given dataset group has no dataset of type ITEMS: " +
                           arn("dataset-group/movies"));
    const std::string items = make_items(world, genres);
    EXPECT_EQ(train(), "InvalidInputException: The given dataset has no imported data: " + items);
    world.created("datasetImportJob", {{"jobName", "items-import"}, {"datasetArn", items}});
    EXPECT_EQ(train(), "ResourceInUseException: The given dataset has no imported data: " + items);
    world.advance(3s);
    EXPECT_EQ(train(), "200");
}

// Fidelity: documented | Themes need a textual field of the items and a column with their names |
//   DG/themed-batch-recommendations.html
TEST(Themes, NeedATextualColumnAndANameColumnOfItems) {
    const Json theme = {{"batchInferenceJobMode", "THEME_GENERATION"},
                        {"themeGenerationConfig", {{"fieldsForThemeGeneration", {{"itemName", "DESCRIPTION"}}}}}};
    for (const bool has_text : {true, false}) {
        Deployment world;
        world.make("datasetImportJob");
        make_items(world, has_text ? description : Json{{"name", "DESCRIPTION"}, {"type", "string"}});
        const std::string solution = world.created(
            "solution", {{"name", "alike"}, {"recipeArn", "arn:aws:personalize:::recipe/aws-similar-items"}});
        const std::string version = world.created("solutionVersion", {{"solutionArn", solution}});
        world.advance(3s);
        Json job = theme;
        job["solutionVersionArn"] = version;
        EXPECT_EQ(outcome(world.create("batchInferenceJob", job)),
                  has_text ? "200"
                           : "InvalidInputException: Theme generation requires a textual field in the Items dataset.");
        job["jobName"] = "titles";
        job["themeGenerationConfig"]["fieldsForThemeGeneration"]["itemName"] = "TITLE";
        EXPECT_EQ(outcome(world.create("batchInferenceJob", job)),
                  "InvalidInputException: The column TITLE is not in the schema of the Items dataset.");
    }
}

// Fidelity: documented | Jobs that read or write S3 take an s3:// path of a bucket | DG/error-messages.html
TEST(Jobs, NeedS3PathsForInputAndOutput) {
    const struct {
        std::string_view kind;
        Json members;
        const char* expected;
    } cases[] = {
        {"datasetImportJob", {{"dataSource", {{"dataLocation", "https://bucket/data.csv"}}}}, "Invalid Data location."},
        {"dataDeletionJob", {{"dataSource", {{"dataLocation", "s3://B/users.csv"}}}}, "Invalid Data location."},
        {"datasetExportJob",
         {{"jobOutput", {{"s3DataDestination", {{"path", "http://bucket/out/"}}}}}},
         "Invalid S3 output path"},
        {"batchSegmentJob",
         {{"jobInput", {{"s3DataSource", {{"path", "http://bucket/in"}}}}}},
         "Invalid S3 input path"},
        {"batchSegmentJob",
         {{"jobOutput", {{"s3DataDestination", {{"path", "s3://bucket/users.json"}}}}}},
         "Invalid S3 output path"},
    };
    for (const auto& one : cases) {
        Deployment world;
        EXPECT_EQ(outcome(world.create(one.kind, one.members)), std::string("InvalidInputException: ") + one.expected);
        EXPECT_TRUE(world.listed(one.kind).empty()) << one.kind;
    }
}

}  // namespace
}  // namespace plocal::operations
