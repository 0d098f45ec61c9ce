#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/movies.h"

namespace plocal::resources {
namespace {

using testing::ElementsAre;

ServiceSettings lenient() {
    ServiceSettings settings;
    settings.references = References::lenient;
    return settings;
}

std::string missing(const char* words, const std::string& arn) {
    return std::string("ResourceNotFoundException: The given ") + words + " does not exist: " + arn;
}

TEST(LenientReferences, AssumeThatMissingResourcesExistAndFit) {
    World world(lenient());
    Json input = create_input("one");
    input["filterArn"] = arn("filter/comedy");
    ASSERT_EQ(outcome(world.call("CreateBatchInferenceJob", input)), "200");
    EXPECT_THAT(world.store().resources().references(arn("batch-inference-job/one")),
                ElementsAre(storage::Reference{arn("filter/comedy"), true},
                            storage::Reference{arn("solution/movies/1234abcd"), true}));
}

TEST(LenientReferences, ApplyTheSameRulesToExistingResources) {
    World world(lenient());
    load_movies(world);
    const auto create = [&](const char* member, const char* resource) {
        return world.call("CreateBatchInferenceJob", with(create_input("one"), member, arn(resource))).error();
    };
    EXPECT_EQ(create("solutionVersionArn", "solution/movies/pending"), "ResourceInUseException");
    EXPECT_EQ(create("solutionVersionArn", "solution/movies/failed"), "InvalidInputException");
    EXPECT_EQ(create("solutionVersionArn", "solution/trending/1234abcd"), "InvalidInputException");
    EXPECT_EQ(create("filterArn", "filter/books"), "InvalidInputException");
}

TEST(LenientReferences, RefuseAnArnOfAnotherKind) {
    World world(lenient());
    for (const char* const resource : {"solution/movies", "campaign/movies", "filter/comedy", "solution/a/b/c"}) {
        EXPECT_EQ(outcome(world.call("CreateBatchInferenceJob",
                                     with(create_input("one"), "solutionVersionArn", arn(resource)))),
                  missing("solution version", arn(resource)));
    }
}

TEST(LenientReferences, AssumeNothingThatTheCallerCouldNotSee) {
    World world(lenient());
    const Json input = create_input("one");
    EXPECT_EQ(outcome(world.call_as("111111111111", "us-east-1", "CreateBatchInferenceJob", input)),
              missing("solution version", arn("solution/movies/1234abcd")));
    EXPECT_EQ(outcome(world.call_as("any", "eu-west-1", "CreateBatchInferenceJob", input)),
              missing("solution version", arn("solution/movies/1234abcd")));
    EXPECT_EQ(outcome(world.call_as("000000000000", "us-east-1", "CreateBatchInferenceJob", input)), "200");
}

TEST(StrictReferences, RecordThatTheyWereFound) {
    World world;
    load_movies(world);
    ASSERT_EQ(
        outcome(world.call("CreateBatchInferenceJob", with(create_input("one"), "filterArn", arn("filter/comedy")))),
        "200");
    EXPECT_THAT(world.store().resources().references(arn("batch-inference-job/one")),
                ElementsAre(storage::Reference{arn("filter/comedy"), false},
                            storage::Reference{arn("solution/movies/1234abcd"), false}));
}

TEST(StrictReferences, AssumeThatResourcesNamedByAFixtureExist) {
    World world;
    world.load({{"batchInferenceJob",
                 {{"batchInferenceJobArn", arn("batch-inference-job/lone")},
                  {"solutionVersionArn", arn("solution/movies/1234abcd")},
                  {"filterArn", arn("filter/comedy")}}}});
    Json input = create_input("one");
    EXPECT_EQ(outcome(world.call("CreateBatchInferenceJob", input)), "200");
    input["jobName"] = "two";
    input["filterArn"] = arn("filter/comedy");
    EXPECT_EQ(outcome(world.call("CreateBatchInferenceJob", input)), "200");
    input["jobName"] = "three";
    input["filterArn"] = arn("filter/other");
    EXPECT_EQ(outcome(world.call("CreateBatchInferenceJob", input)), missing("filter", arn("filter/other")));
    input["solutionVersionArn"] = arn("solution/movies/other");
    EXPECT_EQ(outcome(world.call("CreateBatchInferenceJob", input)),
              missing("solution version", arn("solution/movies/other")));
}

TEST(StrictReferences, AssumeNothingForAnotherAccount) {
    World world;
    world.load({{"batchInferenceJob",
                 {{"batchInferenceJobArn", arn("batch-inference-job/lone")},
                  {"solutionVersionArn", arn("solution/movies/1234abcd")}}}});
    EXPECT_EQ(outcome(world.call_as("111111111111", "us-east-1", "CreateBatchInferenceJob", create_input("one"))),
              missing("solution version", arn("solution/movies/1234abcd")));
}

}  // namespace
}  // namespace plocal::resources
