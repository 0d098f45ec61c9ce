#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/movies.h"

namespace plocal::resources {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string arn_of(const char* account, const char* region, const char* resource) {
    return std::string("arn:aws:personalize:") + region + ":" + account + ":" + resource;
}

constexpr const char* alice = "111111111111";
constexpr const char* bob = "222222222222";

/// Loads one job of alice and one of bob in us-east-1, and one of alice in eu-west-1.
void load_jobs(World& world) {
    Json jobs = Json::array();
    for (const std::string& arn : {arn_of(alice, "us-east-1", "batch-inference-job/of-alice"),
                                   arn_of(bob, "us-east-1", "batch-inference-job/of-bob"),
                                   arn_of(alice, "eu-west-1", "batch-inference-job/abroad")}) {
        jobs.push_back({{"batchInferenceJobArn", arn}});
    }
    world.load({{"batchInferenceJobs", jobs}});
}

std::vector<std::string> listed(World& world, const char* key, const char* region) {
    std::vector<std::string> names;
    const Answer answer = world.call_as(key, region, "ListBatchInferenceJobs", Json::object());
    for (const Json& job : answer.body.at("batchInferenceJobs")) names.push_back(job.at("jobName"));
    return names;
}

TEST(Scope, IsTheAccountAndRegionOfTheRequest) {
    World world;
    load_jobs(world);
    EXPECT_THAT(listed(world, "", ""), ElementsAre("abroad", "of-bob", "of-alice"));
    EXPECT_THAT(listed(world, "AKIAEXAMPLE", ""), ElementsAre("abroad", "of-bob", "of-alice"));
    EXPECT_THAT(listed(world, "AKIAEXAMPLE", "us-east-1"), ElementsAre("of-bob", "of-alice"));
    EXPECT_THAT(listed(world, "AKIAEXAMPLE", "eu-west-1"), ElementsAre("abroad"));
    EXPECT_THAT(listed(world, alice, ""), ElementsAre("abroad", "of-alice"));
    EXPECT_THAT(listed(world, alice, "us-east-1"), ElementsAre("of-alice"));
    EXPECT_THAT(listed(world, bob, "us-east-1"), ElementsAre("of-bob"));
    EXPECT_THAT(listed(world, bob, "eu-west-1"), IsEmpty());
    EXPECT_THAT(listed(world, "333333333333", "us-east-1"), IsEmpty());
}

TEST(Scope, AppliesToDescribeToo) {
    World world;
    load_jobs(world);
    const std::string job = arn_of(alice, "us-east-1", "batch-inference-job/of-alice");
    const struct {
        const char* name;
        const char* key;
        const char* region;
        bool sees;
    } cases[] = {
        {"no key", "", "", true},
        {"any key", "test", "us-east-1", true},
        {"any key, in another region", "test", "eu-west-1", false},
        {"the owner", alice, "us-east-1", true},
        {"the owner, without a region", alice, "", true},
        {"the owner, in another region", alice, "eu-west-1", false},
        {"another account", bob, "us-east-1", false},
    };
    for (const auto& one : cases) {
        const Answer answer =
            world.call_as(one.key, one.region, "DescribeBatchInferenceJob", {{"batchInferenceJobArn", job}});
        EXPECT_EQ(outcome(answer),
                  one.sees ? "200" : "ResourceNotFoundException: The given batch inference job does not exist: " + job)
            << one.name;
    }
}

struct Creator {
    const char* name;
    const char* key;
    const char* region;
    const char* version_account;
    const char* version_region;
    std::string job;  // the expected ARN without the resource; empty if the Create is refused
};

TEST(Scope, DecidesTheOwnerOfANewResource) {
    ServiceSettings settings;
    settings.home = {"999999999999", "ap-south-1"};
    const Creator cases[] = {
        {"an account creates in its own name", alice, "us-east-1", alice, "us-east-1", arn_of(alice, "us-east-1", "")},
        {"an account without a region: the default region", alice, "", alice, "ap-south-1",
         arn_of(alice, "ap-south-1", "")},
        {"no account: that of the solution version", "test", "us-east-1", bob, "us-east-1",
         arn_of(bob, "us-east-1", "")},
        {"neither: the account of the solution version, in the default region", "", "", bob, "us-east-1",
         arn_of(bob, "ap-south-1", "")},
        {"an account cannot use another's", alice, "us-east-1", bob, "us-east-1", ""},
        {"a resource in another region cannot be used", "test", "us-east-1", bob, "eu-west-1", ""},
    };
    for (const Creator& one : cases) {
        World world(settings);
        const std::string version = arn_of(one.version_account, one.version_region, "solution/movies/1");
        world.load({{"solutionVersion", {{"solutionVersionArn", version}}}});
        const Answer answer = world.call_as(one.key, one.region, "CreateBatchInferenceJob",
                                            with(create_input("one"), "solutionVersionArn", version));
        if (one.job.empty()) {
            EXPECT_EQ(outcome(answer),
                      "ResourceNotFoundException: The given solution version does not exist: " + version)
                << one.name;
        } else {
            EXPECT_EQ(answer.body.value("batchInferenceJobArn", outcome(answer)), one.job + "batch-inference-job/one")
                << one.name;
        }
    }
}

TEST(Scope, SeparatesAccountsThatCreateTheSameResource) {
    World world;
    for (const char* const account : {alice, bob}) {
        const std::string version = arn_of(account, "us-east-1", "solution/movies/1");
        world.load({{"solutionVersion", {{"solutionVersionArn", version}}}});
        const Json input = with(create_input("one"), "solutionVersionArn", version);
        EXPECT_EQ(outcome(world.call_as(account, "us-east-1", "CreateBatchInferenceJob", input)), "200");
    }
    EXPECT_THAT(listed(world, alice, "us-east-1"), ElementsAre("one"));
    EXPECT_THAT(listed(world, bob, "us-east-1"), ElementsAre("one"));
}

}  // namespace
}  // namespace plocal::resources
