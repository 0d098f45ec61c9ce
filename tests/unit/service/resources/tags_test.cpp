#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::resources {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using support::Deployment;
using support::outcome;

Json tag(const std::string& key, const std::string& value) {
    return {{"tagKey", key}, {"tagValue", value}};
}

Json numbered_tags(int first, int count) {
    Json list = Json::array();
    for (int i = first; i < first + count; ++i) list.push_back(tag("key" + std::to_string(i), "value"));
    return list;
}

Json keys(std::initializer_list<const char*> names) {
    Json list = Json::array();
    for (const char* const name : names) list.push_back(name);
    return list;
}

std::string put_tags(Deployment& world, const std::string& resource, const Json& tags) {
    return outcome(world.call("TagResource", {{"resourceArn", resource}, {"tags", tags}}));
}

std::string remove_tags(Deployment& world, const std::string& resource, const Json& tag_keys) {
    return outcome(world.call("UntagResource", {{"resourceArn", resource}, {"tagKeys", tag_keys}}));
}

/// The tags of a resource, sorted by key.
Json tags_of(Deployment& world, const std::string& resource) {
    Json tags = world.call("ListTagsForResource", {{"resourceArn", resource}}).body["tags"];
    std::sort(tags.begin(), tags.end(), [](const Json& a, const Json& b) { return a["tagKey"] < b["tagKey"]; });
    return tags;
}

bool is_untaggable(std::string_view kind) {
    return kind == "schema" || kind == "metricAttribution";
}

// Fidelity: documented | Tags are set by a Create, TagResource and UntagResource; only ListTagsForResource returns them
//   | DG/tagging-resources.html
TEST(Tags, CanBeAddedAndRemovedOnEveryTaggableKind) {
    for (const std::string_view kind : support::creatable_kinds()) {
        if (is_untaggable(kind)) continue;
        Deployment world;
        const std::string made = world.created(kind, {{"tags", {tag("team", "search"), tag("stage", "test")}}});
        EXPECT_EQ(tags_of(world, made), Json::array({tag("stage", "test"), tag("team", "search")})) << kind;
        EXPECT_FALSE(world.described(made).contains("tags")) << kind;
        EXPECT_EQ(put_tags(world, made, Json::array({tag("team", "shop"), tag("cost", "1")})), "200") << kind;
        EXPECT_EQ(tags_of(world, made), Json::array({tag("cost", "1"), tag("stage", "test"), tag("team", "shop")}))
            << kind;
        EXPECT_EQ(remove_tags(world, made, keys({"team", "cost", "none"})), "200") << kind;
        EXPECT_EQ(tags_of(world, made), Json::array({tag("stage", "test")})) << kind;
        EXPECT_EQ(remove_tags(world, made, keys({"stage"})), "200") << kind;
        EXPECT_EQ(tags_of(world, made), Json::array()) << kind;
    }
}

TEST(Tags, AreChangedWithAnEmptyObjectAsOutput) {
    Deployment world;
    const std::string group = world.make("datasetGroup");
    EXPECT_EQ(world.call("TagResource", {{"resourceArn", group}, {"tags", {tag("a", "b"), tag("c", "")}}}).text, "{}");
    EXPECT_EQ(world.call("UntagResource", {{"resourceArn", group}, {"tagKeys", keys({"a"})}}).text, "{}");
    EXPECT_EQ(world.call("ListTagsForResource", {{"resourceArn", group}}).text,
              R"({"tags":[{"tagKey":"c","tagValue":""}]})");
}

// Fidelity: documented | Schemas and metric attributions cannot have tags: their Create has no such member |
//   DG/API_CreateSchema.html, DG/API_CreateMetricAttribution.html
TEST(Tags, AreRefusedForSomeKinds) {
    Deployment world;
    const std::string untaggable[] = {
        world.make("schema"), world.make("metricAttribution"), "arn:aws:personalize:::recipe/aws-sims",
        "arn:aws:personalize:::algorithm/aws-sims", "arn:aws:personalize:::feature-transformation/sims"};
    for (const std::string& each : untaggable) {
        const std::string refused = "InvalidInputException: Tagging is not supported for the given resource: " + each;
        EXPECT_EQ(put_tags(world, each, numbered_tags(0, 1)), refused);
        EXPECT_EQ(remove_tags(world, each, keys({"a"})), refused);
        EXPECT_EQ(outcome(world.call("ListTagsForResource", {{"resourceArn", each}})), refused);
    }
}

TEST(Tags, NeedAnExistingResource) {
    Deployment world;
    const std::string absent = arn("campaign/none");
    const std::string unknown_kind = arn("volcano/etna");
    const struct {
        std::string arn;
        std::string expected;
    } cases[] = {{absent, "ResourceNotFoundException: The given campaign does not exist: " + absent},
                 {unknown_kind, "ResourceNotFoundException: Resource Arn " + unknown_kind + " does not exist."}};
    for (const auto& one : cases) {
        EXPECT_EQ(put_tags(world, one.arn, numbered_tags(0, 1)), one.expected);
        EXPECT_EQ(remove_tags(world, one.arn, keys({"a"})), one.expected);
        EXPECT_EQ(outcome(world.call("ListTagsForResource", {{"resourceArn", one.arn}})), one.expected);
    }
    const std::string group = world.make("datasetGroup");
    const Json input = {{"resourceArn", group}, {"tags", numbered_tags(0, 1)}};
    EXPECT_EQ(world.call_as("111111111111", "us-east-1", "TagResource", input).error(), "ResourceNotFoundException");
}

TEST(Tags, CannotChangeDuringTheDeletionOfTheirResource) {
    Deployment world;
    const std::string filter = world.created("filter", {{"tags", numbered_tags(0, 2)}});
    EXPECT_EQ(put_tags(world, filter, numbered_tags(2, 1)), "200") << "during its creation";
    world.advance(3s);
    world.call_on("Delete", filter);
    const std::string refused = "ResourceInUseException: The given filter is in use: " + filter;
    EXPECT_EQ(put_tags(world, filter, numbered_tags(0, 1)), refused);
    EXPECT_EQ(remove_tags(world, filter, keys({"key0"})), refused);
    world.advance(3s);
    EXPECT_EQ(put_tags(world, filter, numbered_tags(0, 1)).substr(0, 25), "ResourceNotFoundException");
}

// Fidelity: documented | A resource has at most 50 tags, each key once, and no key that begins with aws: |
//   DG/tagging-resources.html
TEST(Tags, AreLimited) {
    const std::string too_many =
        "TooManyTagsException: You have exceeded the maximum number of tags you can apply to this resource.";
    const struct {
        const char* name;
        int there;
        Json added;
        std::string expected;
    } cases[] = {
        {"the fiftieth", 49, numbered_tags(49, 1), "200"},
        {"one too many", 50, numbered_tags(50, 1), too_many},
        {"many too many", 0, numbered_tags(0, 51), too_many},
        {"another value for one of fifty", 50, Json::array({tag("key7", "new")}), "200"},
        {"a key twice", 0, Json::array({tag("a", "1"), tag("a", "2")}), "InvalidInputException: Duplicate tag key: a"},
        {"a reserved key", 0, Json::array({tag("aws:team", "1")}),
         "InvalidInputException: Tag keys must not begin with aws:. Found: aws:team"},
        {"keys that differ in case", 0, Json::array({tag("a", "1"), tag("A", "2")}), "200"},
    };
    for (const auto& one : cases) {
        Deployment world;
        const std::string group = world.created("datasetGroup", {{"tags", numbered_tags(0, one.there)}});
        const Json before = tags_of(world, group);
        EXPECT_EQ(put_tags(world, group, one.added), one.expected) << one.name;
        if (one.expected != "200") {
            EXPECT_EQ(tags_of(world, group), before) << one.name << ": no tag is changed";
        }
    }
}

TEST(Tags, OfACreateAreLimitedTheSameWay) {
    for (const std::string_view kind : support::creatable_kinds()) {
        if (is_untaggable(kind)) continue;
        Deployment world;
        EXPECT_EQ(world.create(kind, {{"tags", numbered_tags(0, 51)}}).error(), "TooManyTagsException") << kind;
        EXPECT_EQ(world.create(kind, {{"tags", Json::array({tag("aws:a", "")})}}).error(), "InvalidInputException");
        EXPECT_TRUE(world.listed(kind).empty()) << kind << ": nothing is created";
        EXPECT_EQ(outcome(world.create(kind, {{"tags", numbered_tags(0, 50)}})), "200") << kind;
    }
}

// Fidelity: documented | More than 50 keys in one request are refused with TooManyTagKeysException |
//   DG/API_UntagResource.html
TEST(Tags, AreRemovedAtMostFiftyAtATime) {
    Deployment world;
    const std::string group = world.created("datasetGroup", {{"tags", numbered_tags(0, 50)}});
    Json tag_keys = Json::array();
    for (int i = 0; i < 51; ++i) tag_keys.push_back("key" + std::to_string(i));
    EXPECT_EQ(
        remove_tags(world, group, tag_keys),
        "TooManyTagKeysException: The request contains more tag keys than can be associated with a resource (50 tag "
        "keys per resource).");
    EXPECT_EQ(tags_of(world, group).size(), 50);
    tag_keys.erase(50);
    EXPECT_EQ(remove_tags(world, group, tag_keys), "200");
    EXPECT_EQ(tags_of(world, group), Json::array());
}

TEST(Tags, AreHiddenFromOtherAccountsEvenIfAFixtureNamedTheirResource) {
    Deployment world;
    const std::string filter = "arn:aws:personalize:us-east-1:111111111111:filter/later";
    world.load({{"batchInferenceJob",
                 {{"batchInferenceJobArn", "arn:aws:personalize:us-east-1:111111111111:batch-inference-job/one"},
                  {"filterArn", filter}}}});
    world.load({{"filter", {{"filterArn", filter}, {"_local", {{"tags", {tag("team", "search")}}}}}}});
    const Json input = {{"resourceArn", filter}};
    EXPECT_EQ(world.call_as("111111111111", "us-east-1", "ListTagsForResource", input).body["tags"].size(), 1);
    for (const auto& [key, region] : {std::pair("222222222222", "us-east-1"), std::pair("111111111111", "eu-west-1")}) {
        EXPECT_EQ(world.call_as(key, region, "ListTagsForResource", input).error(), "ResourceNotFoundException") << key;
    }
}

}  // namespace
}  // namespace plocal::resources
