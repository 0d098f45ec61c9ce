#include "server/local/capture/plan.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/local/capture/kind_calls.h"
#include "tests/unit/local/capture/arns.h"

namespace plocal::capture {
namespace {

using base::Json;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

/// An account that answers calls from the resources that it has, a page of two summaries at a time.
class Account {
public:
    void add(const std::string& kind_name, const std::string& type_and_id, Json members = Json::object()) {
        const resources::Kind& kind = resources::kind_named(kind_name);
        members[std::string(kind.arn_member)] = arn(type_and_id);
        resources_[kind_name].push_back(std::move(members));
    }

    /// Has an operation fail, for one resource or for all.
    void fail(const std::string& operation, const Failure& failure, const std::string& of = "") {
        failures_.emplace_back(operation, of, failure);
    }

    /// Makes all calls of a plan, one after the other.
    void answer(Plan& plan) {
        while (const auto call = plan.next()) {
            calls.push_back(call->operation + (call->arn.empty() ? "" : " " + call->arn));
            if (const Failure* const failure = failure_of(*call)) {
                plan.fail(*call, *failure);
            } else {
                plan.take(*call, output_of(*call));
            }
        }
    }

    std::vector<std::string> calls;
    Json metrics = Json::array();  // of each metric attribution
    Json tags = Json::array();     // of each resource

private:
    const Failure* failure_of(const Call& call) const {
        for (const auto& [operation, of, failure] : failures_) {
            if (operation == call.operation && (of.empty() || of == call.arn)) return &failure;
        }
        return nullptr;
    }

    Json output_of(const Call& call) {
        const std::string kind(call.kind->name);
        switch (call.purpose) {
            case Call::Purpose::list:
                return page(call, of_parent(kind, call), std::string(call.kind->member_in_list()));
            case Call::Purpose::list_hidden:
                return page(call, metrics, "metrics");
            case Call::Purpose::list_tags:
                return {{"tags", tags}};
            case Call::Purpose::describe:
                break;
        }
        for (const Json& each : resources_[kind]) {
            if (each[std::string(call.kind->arn_member)] == call.arn) return {{kind, each}};
        }
        return {{"nothing", 1}};
    }

    Json of_parent(const std::string& kind, const Call& call) {
        Json found = Json::array();
        for (const Json& each : resources_[kind]) {
            const auto is_parent = [&](const Json& value) {
                return value.is_string() && value.get<std::string>().starts_with(call.arn);
            };
            if (call.arn.empty() || std::ranges::any_of(each, is_parent)) found.push_back(each);
        }
        return found;
    }

    static Json page(const Call& call, const Json& all, const std::string& member) {
        constexpr std::size_t size = 2;
        const std::size_t from =
            call.input.contains("nextToken") ? std::stoul(call.input["nextToken"].get<std::string>()) : 0;
        Json output = {{member, Json::array()}};
        for (std::size_t i = from; i < std::min(all.size(), from + size); ++i) output[member].push_back(all[i]);
        if (from + size < all.size()) output["nextToken"] = std::to_string(from + size);
        return output;
    }

    std::map<std::string, Json> resources_;
    std::vector<std::tuple<std::string, std::string, Failure>> failures_;
};

std::vector<std::string> keys(const std::map<std::string, FoundResource>& resources) {
    std::vector<std::string> keys;
    for (const auto& [key, resource] : resources) keys.push_back(key);
    return keys;
}

TEST(Plan, ListsEveryKindAndDescribesWhatTheListsHave) {
    Account account;
    for (const char* const id : {"filter/a", "filter/b", "filter/c", "filter/d", "filter/e"}) account.add("filter", id);
    Plan plan("");
    account.answer(plan);
    for (const resources::Kind& kind : resources::kinds()) {
        const std::string list = list_operation(kind);
        if (list.empty()) continue;
        EXPECT_THAT(account.calls, Contains(list));
    }
    EXPECT_EQ(std::ranges::count(account.calls, "ListFilters"), 3) << "pages";
    EXPECT_EQ(std::ranges::count(account.calls, "DescribeFilter " + arn("filter/e")), 1);
    const auto resources = plan.take_resources();
    EXPECT_THAT(keys(resources),
                ElementsAre(arn("filter/a"), arn("filter/b"), arn("filter/c"), arn("filter/d"), arn("filter/e")));
    EXPECT_EQ(resources.at(arn("filter/a")).place, 0);
    EXPECT_EQ(resources.at(arn("filter/e")).place, 4);
    EXPECT_EQ(plan.found(), 5U);
    EXPECT_EQ(plan.described(), 5U);
    EXPECT_THAT(plan.failures(), IsEmpty());
}

TEST(Plan, ReadsTagsAndMetricsOfKindsThatHaveThem) {
    Account account;
    account.tags = {{{"tagKey", "team"}, {"tagValue", "films"}}};
    account.metrics = {{{"eventType", "a"}}, {{"eventType", "b"}}, {{"eventType", "c"}}};
    account.add("schema", "schema/s");
    account.add("filter", "filter/f");
    account.add("metricAttribution", "metric-attribution/m");
    Plan plan("");
    account.answer(plan);
    const auto resources = plan.take_resources();
    EXPECT_EQ(resources.at(arn("filter/f")).tags, account.tags);
    EXPECT_EQ(resources.at(arn("schema/s")).tags, Json::array());
    EXPECT_EQ(resources.at(arn("metric-attribution/m")).hidden, account.metrics);
    EXPECT_EQ(resources.at(arn("filter/f")).hidden, nullptr);
}

// Fidelity: documented | The domain of a recipe is in its List, and not in its Describe | DG/API_RecipeSummary.html;
//   DG/API_Recipe.html
TEST(Plan, DescribesTheRecipesThatAreNotBuiltInWithTheirDomain) {
    Account account;
    const std::string built_in = "arn:aws:personalize:::recipe/aws-user-personalization";
    account.add("recipe", "recipe/new", {{"domain", "ECOMMERCE"}, {"algorithmArn", arn("algorithm/new")}});
    account.add("algorithm", "algorithm/new");
    account.add("solution", "solution/s", {{"recipeArn", built_in}});
    Plan plan("");
    account.answer(plan);
    const auto resources = plan.take_resources();
    EXPECT_THAT(keys(resources), UnorderedElementsAre(arn("recipe/new"), arn("algorithm/new"), arn("solution/s")));
    EXPECT_EQ(resources.at(arn("recipe/new")).hidden, "ECOMMERCE");
}

TEST(Plan, LooksUpWhatAResourceNamesAndNoListHas) {
    Account account;
    account.add("batchInferenceJob", "batch-inference-job/j",
                {{"solutionVersionArn", arn("solution/s/1")}, {"filterArn", arn("filter/gone")}});
    account.add("solutionVersion", "solution/s/1", {{"solutionArn", arn("solution/s")}});
    account.fail("ListSolutionVersions", {.text = "AccessDeniedException"});
    account.fail("DescribeSolution", {.text = "AccessDeniedException: no"});
    account.fail("DescribeFilter", {.text = "ResourceNotFoundException", .is_absence = true});
    Plan plan("");
    account.answer(plan);
    const auto resources = plan.take_resources();
    EXPECT_THAT(keys(resources), ElementsAre(arn("batch-inference-job/j"), arn("solution/s/1")));
    EXPECT_THAT(resources.at(arn("batch-inference-job/j")).absent, ElementsAre(arn("filter/gone")));
    EXPECT_THAT(resources.at(arn("solution/s/1")).absent, IsEmpty()) << "a solution that is not shown may exist";
    EXPECT_THAT(plan.failures(),
                ElementsAre("ListSolutionVersions: AccessDeniedException; solution versions may be missing",
                            "DescribeSolution " + arn("solution/s") + ": AccessDeniedException: no; it is missing"));
}

TEST(Plan, IsNarrowedToADatasetGroup) {
    Account account;
    for (const std::string name : {"g", "other"}) {
        const Json of_group = {{"datasetGroupArn", arn("dataset-group/" + name)}};
        account.add("datasetGroup", "dataset-group/" + name);
        account.add("schema", "schema/" + name);
        Json dataset = of_group;
        dataset["schemaArn"] = arn("schema/" + name);
        account.add("dataset", "dataset/" + name + "/ITEMS", dataset);
        account.add("datasetImportJob", "dataset-import-job/" + name,
                    {{"datasetArn", arn("dataset/" + name + "/ITEMS")}});
        account.add("solution", "solution/" + name, of_group);
        account.add("solutionVersion", "solution/" + name + "/1", {{"solutionArn", arn("solution/" + name)}});
        account.add("campaign", "campaign/" + name, {{"solutionVersionArn", arn("solution/" + name + "/1")}});
        account.add("batchSegmentJob", "batch-segment-job/" + name,
                    {{"solutionVersionArn", arn("solution/" + name + "/1")}});
    }
    Plan plan(arn("dataset-group/g"));
    account.answer(plan);
    EXPECT_THAT(keys(plan.take_resources()),
                UnorderedElementsAre(arn("dataset-group/g"), arn("schema/g"), arn("dataset/g/ITEMS"),
                                     arn("dataset-import-job/g"), arn("solution/g"), arn("solution/g/1"),
                                     arn("campaign/g"), arn("batch-segment-job/g")));
    EXPECT_EQ(account.calls.front(), "DescribeDatasetGroup " + arn("dataset-group/g"));
    EXPECT_THAT(account.calls, Contains("ListCampaigns " + arn("solution/g")));
    EXPECT_THAT(account.calls, Not(Contains("ListSchemas")));
}

TEST(Plan, NamesADatasetGroupThatDoesNotExist) {
    Account account;
    account.fail("DescribeDatasetGroup", {.text = "ResourceNotFoundException: no", .is_absence = true});
    Plan plan(arn("dataset-group/g"));
    account.answer(plan);
    EXPECT_THAT(plan.failures(), ElementsAre("DescribeDatasetGroup " + arn("dataset-group/g") +
                                             ": ResourceNotFoundException: no; it is missing"));
    EXPECT_THAT(account.calls, ElementsAre("DescribeDatasetGroup " + arn("dataset-group/g")));
    EXPECT_THAT(plan.take_resources(), IsEmpty());
}

TEST(Plan, MakesTheFirstCallAlone) {
    Plan plan("");
    const auto first = plan.next();
    ASSERT_TRUE(first);
    EXPECT_FALSE(plan.next()) << "it has not ended";
    plan.take(*first, Json::object());
    EXPECT_TRUE(plan.next());
    EXPECT_TRUE(plan.next());
}

TEST(Plan, EndsAfterAFailureOfAllCalls) {
    const Failure expired{.text = "ExpiredTokenException", .is_of_all_calls = true};
    Account none;
    none.fail("ListRecipes", expired);
    Plan at_once("");
    none.answer(at_once);
    EXPECT_EQ(none.calls.size(), 1U);
    EXPECT_THAT(at_once.failures(), ElementsAre("ListRecipes: ExpiredTokenException; recipes may be missing"));

    Account account;
    for (const char* const id : {"filter/a", "filter/b", "filter/c"}) account.add("filter", id);
    account.fail("DescribeFilter", expired, arn("filter/b"));
    Plan later("");
    account.answer(later);
    EXPECT_THAT(keys(later.take_resources()), ElementsAre(arn("filter/a")));
    EXPECT_THAT(
        later.failures(),
        ElementsAre("DescribeFilter " + arn("filter/b") + ": ExpiredTokenException; it is missing",
                    "DescribeFilter " + arn("filter/c") + ": not called after that; it is missing",
                    "ListTagsForResource " + arn("filter/a") + ": not called after that; its tags are missing"));
}

TEST(Plan, NamesWhatIsMissingOfAResource) {
    Account account;
    account.add("filter", "filter/f");
    account.add("metricAttribution", "metric-attribution/m");
    account.fail("ListTagsForResource", {.text = "AccessDeniedException"});
    account.fail("ListMetricAttributionMetrics", {.text = "AccessDeniedException"});
    Plan plan("");
    account.answer(plan);
    EXPECT_THAT(plan.failures(), UnorderedElementsAre("ListTagsForResource " + arn("filter/f") +
                                                          ": AccessDeniedException; its tags are missing",
                                                      "ListMetricAttributionMetrics " + arn("metric-attribution/m") +
                                                          ": AccessDeniedException; its metrics are missing"));
    EXPECT_EQ(plan.take_resources().size(), 2U);
}

TEST(Plan, LeavesOutWhatIsDeletedMeanwhile) {
    Account account;
    account.add("filter", "filter/f");
    account.fail("DescribeFilter", {.text = "ResourceNotFoundException", .is_absence = true});
    Plan plan("");
    account.answer(plan);
    EXPECT_THAT(plan.take_resources(), IsEmpty());
    EXPECT_THAT(plan.failures(), IsEmpty());
}

TEST(Plan, TakesStrangeAnswersForNothing) {
    Plan plan("");
    const Json strange[] = {nullptr, 1, Json::array(), {{"filters", 1}}, {{"Filters", {1, Json::object()}}}};
    for (std::size_t i = 0; const auto call = plan.next(); ++i) plan.take(*call, strange[i % std::size(strange)]);
    EXPECT_THAT(plan.take_resources(), IsEmpty());

    Plan endless("");
    const Json same_page = {{"nextToken", "a"}};
    for (int i = 0; i < 100; ++i) {
        if (const auto call = endless.next()) endless.take(*call, same_page);
    }
    EXPECT_FALSE(endless.next());
    EXPECT_THAT(endless.failures(), Contains("ListFilters: the answer repeats its nextToken; filters may be missing"));
}

}  // namespace
}  // namespace plocal::capture
