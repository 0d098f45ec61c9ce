#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::resources {
namespace {

using base::Json;
using support::Answer;
using support::arn;
using support::Deployment;
using support::outcome;
using testing::Contains;
using testing::Not;

std::string recipe_of_aws(const std::string& name) {
    return "arn:aws:personalize:::recipe/" + name;
}

Json recipes_listed(support::World& world, const Json& input = Json::object()) {
    return world.call("ListRecipes", input).body["recipes"];
}

std::vector<std::string> recipe_names(support::World& world, const Json& input = Json::object()) {
    std::vector<std::string> names;
    const Json recipes = recipes_listed(world, input);
    for (const Json& recipe : recipes) names.push_back(recipe["name"]);
    return names;
}

// Fidelity: seen | ListRecipes returns the recipes of AWS sorted by name, those of domains with their domain |
//   aws-samples/amazon-personalize-immersion-day, Media_03
TEST(ListRecipes, ReturnsAllRecipesSortedByName) {
    Deployment world;
    const std::vector<std::string> names = recipe_names(world);
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
    EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
    for (const char* const name :
         {"aws-user-personalization", "aws-user-personalization-v2", "aws-similar-items", "aws-item-affinity",
          "aws-item-attribute-affinity", "aws-trending-now", "aws-popularity-count", "aws-personalized-ranking",
          "aws-sims", "aws-next-best-action", "aws-vod-top-picks", "aws-ecomm-recommended-for-you"}) {
        EXPECT_THAT(names, Contains(name));
    }
    const Json recipes = recipes_listed(world);
    for (const Json& recipe : recipes) {
        const std::string name = recipe["name"];
        EXPECT_EQ(recipe["recipeArn"], recipe_of_aws(name));
        EXPECT_EQ(recipe["status"], "ACTIVE") << name;
        EXPECT_EQ(recipe.value("domain", ""), name.starts_with("aws-vod-")     ? "VIDEO_ON_DEMAND"
                                              : name.starts_with("aws-ecomm-") ? "ECOMMERCE"
                                                                               : "")
            << name;
    }
}

// Fidelity: seen | ListRecipes no longer returns aws-hrnn, aws-hrnn-metadata and aws-hrnn-coldstart; that they can
//   still be described is inferred | aws-samples/amazon-personalize-samples, similar items example of 2022
TEST(ListRecipes, OmitsRetiredRecipes) {
    Deployment world;
    EXPECT_THAT(recipe_names(world), testing::Not(Contains(testing::StartsWith("aws-hrnn"))));
    EXPECT_EQ(world.call("DescribeRecipe", {{"recipeArn", recipe_of_aws("aws-hrnn")}}).status, 200);
}

// Fidelity: seen | aws-user-personalization was created on 2019-06-10T00:00:00Z and its successor on 2024-01-01 |
//   aws-samples/amazon-personalize-immersion-day, Media_03
TEST(ListRecipes, ReturnsTheDatesThatAwsReturns) {
    Deployment world;
    const Json recipes = recipes_listed(world);
    for (const Json& recipe : recipes) {
        if (recipe["name"] == "aws-user-personalization") {
            EXPECT_EQ(recipe["creationDateTime"], 1560124800.0);
        } else if (recipe["name"] == "aws-user-personalization-v2") {
            EXPECT_EQ(recipe["creationDateTime"], 1704067200.0);
        }
    }
}

TEST(ListRecipes, FiltersByDomain) {
    Deployment world;
    for (const auto& [domain, prefix] :
         {std::pair("VIDEO_ON_DEMAND", "aws-vod-"), std::pair("ECOMMERCE", "aws-ecomm-")}) {
        const std::vector<std::string> names = recipe_names(world, {{"domain", domain}});
        EXPECT_EQ(names.size(), 5) << domain;
        EXPECT_THAT(names, testing::Each(testing::StartsWith(prefix)));
    }
    EXPECT_EQ(world.call("ListRecipes", {{"domain", "NONE"}}).error(), "ValidationException");
}

TEST(ListRecipes, ReturnsPages) {
    Deployment world;
    for (const Json& query : {Json::object(), Json{{"domain", "ECOMMERCE"}}, Json{{"recipeProvider", "SERVICE"}}}) {
        const std::vector<std::string> whole = recipe_names(world, query);
        for (const int size : {1, 2, 4, 100}) {
            std::vector<std::string> names;
            Json input = query;
            input["maxResults"] = size;
            do {
                const Json page = world.call("ListRecipes", input).body;
                EXPECT_LE(page["recipes"].size(), size);
                for (const Json& recipe : page["recipes"]) names.push_back(recipe["name"]);
                input["nextToken"] = page.value("nextToken", Json());
            } while (!input["nextToken"].is_null() && names.size() <= whole.size());
            EXPECT_EQ(names, whole) << query << " by " << size;
        }
    }
}

TEST(ListRecipes, AcceptsOnlyItsOwnTokens) {
    Deployment world;
    const Json token = world.call("ListRecipes", {{"maxResults", 2}}).body["nextToken"];
    const Json of_domain = {{"nextToken", token}, {"domain", "ECOMMERCE"}};
    EXPECT_EQ(world.call("ListRecipes", of_domain).error(), "InvalidNextTokenException");
    EXPECT_EQ(world.call("ListSchemas", {{"nextToken", token}}).error(), "InvalidNextTokenException");
    EXPECT_EQ(world.call("ListRecipes", {{"nextToken", "bm9uZQ=="}}).error(), "InvalidNextTokenException");
}

// Fidelity: documented | A recipe names its algorithm and its feature transformation, which can be described too |
//   DG/API_Recipe.html
TEST(Catalogue, DescribesEveryRecipeAndTheResourcesItNames) {
    Deployment world;
    const Json recipes = recipes_listed(world);
    for (const Json& listed : recipes) {
        const Json recipe = world.described(listed["recipeArn"]);
        EXPECT_EQ(recipe["name"], listed["name"]);
        EXPECT_FALSE(recipe.contains("domain")) << "only ListRecipes returns it";
        EXPECT_FALSE(recipe["recipeType"].get<std::string>().empty());
        for (const char* const member : {"algorithmArn", "featureTransformationArn"}) {
            const Json named = world.described(recipe[member]);
            ASSERT_TRUE(named.is_object()) << recipe[member] << named;
            EXPECT_EQ(named[member], recipe[member]);
            EXPECT_TRUE(named.contains("creationDateTime")) << recipe[member];
        }
    }
}

// Fidelity: seen | The ARN of a recipe has neither region nor account; every account sees it |
//   aws-samples/amazon-personalize-samples
TEST(Catalogue, IsTheSameInEveryAccountAndRegion) {
    Deployment world;
    const Json input = {{"recipeArn", recipe_of_aws("aws-sims")}};
    for (const char* const account : {"111111111111", "222222222222", "any"}) {
        for (const char* const region : {"us-east-1", "eu-west-1"}) {
            EXPECT_EQ(outcome(world.call_as(account, region, "DescribeRecipe", input)), "200");
            EXPECT_EQ(world.call_as(account, region, "ListRecipes", Json::object()).body["recipes"].size(),
                      recipe_names(world).size());
        }
    }
}

TEST(Catalogue, RefusesUnknownArns) {
    Deployment world;
    const struct {
        const char* operation;
        const char* member;
        std::string arn;
        const char* words;
    } cases[] = {
        {"DescribeRecipe", "recipeArn", "arn:aws:personalize:::recipe/aws-none", "recipe"},
        {"DescribeRecipe", "recipeArn", "arn:aws:personalize:::algorithm/aws-sims", "recipe"},
        {"DescribeAlgorithm", "algorithmArn", "arn:aws:personalize:::algorithm/none", "algorithm"},
        {"DescribeFeatureTransformation", "featureTransformationArn",
         "arn:aws:personalize:::feature-transformation/none", "feature transformation"},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(outcome(world.call(one.operation, {{one.member, one.arn}})),
                  std::string("ResourceNotFoundException: The given ") + one.words + " does not exist: " + one.arn);
    }
}

TEST(Catalogue, IsExtendedByTheRecipesOfFixtures) {
    Deployment world;
    const std::size_t before = recipe_names(world).size();
    world.load({{"recipes",
                 {{{"recipeArn", recipe_of_aws("aws-made-up")}, {"recipeType", "RELATED_ITEMS"}},
                  {{"recipeArn", recipe_of_aws("aws-sims")}, {"description", "Ours."}}}}});
    EXPECT_THAT(recipe_names(world), Contains("aws-made-up"));
    EXPECT_EQ(recipe_names(world).size(), before + 1);
    EXPECT_EQ(world.described(recipe_of_aws("aws-made-up"))["recipeType"], "RELATED_ITEMS");
    EXPECT_EQ(world.described(recipe_of_aws("aws-sims"))["description"], "Ours.");
    EXPECT_EQ(outcome(world.create("solution", {{"recipeArn", recipe_of_aws("aws-made-up")}})), "200");
}

TEST(Catalogue, IsNotPartOfTheState) {
    Deployment world;
    EXPECT_EQ(world.control("GET", "state").text.find("recipe"), std::string::npos);
    EXPECT_EQ(world.control("GET", "health").body["resources"].value("recipes", 0), 0);
    world.make("solution");
    const Json state = world.control("GET", "state").body;
    for (const char* const plural : {"recipes", "algorithms", "featureTransformations"}) {
        EXPECT_FALSE(state.contains(plural)) << plural;
    }
    EXPECT_EQ(world.store().counts().by_kind().count("recipe"), 0);
}

}  // namespace
}  // namespace plocal::resources
