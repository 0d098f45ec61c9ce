#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/service/resources/quota_overrides.h"
#include "tests/support/deployment.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::resources {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Answer;
using support::arn;
using support::Deployment;
using support::outcome;

const Json enforced = {{"mode", "aws"}};

/// A default limit of the service, and the part that it limits.
struct Limit {
    const char* quota;
    std::string_view part;
    std::int64_t maximum;
    bool counts_in_progress;
};

const Limit limits[] = {
    {"datasetGroups", "datasetGroup", 5, false},
    {"schemas", "schema", 500, false},
    {"datasetImportJobsInProgress", "datasetImportJob", 5, true},
    {"solutionVersionsInProgress", "solutionVersion", 20, true},
    {"batchInferenceJobsInProgress", "batchInferenceJob", 5, true},
    {"batchSegmentJobsInProgress", "batchSegmentJob", 5, true},
    {"solutions", "solution", 10, false},
    {"campaigns", "campaign", 5, false},
    {"recommenders", "recommender", 5, false},
    {"filters", "filter", 30, false},
    {"dataDeletionJobsInProgress", "dataDeletionJob", 5, true},
};

std::string limit_text(std::int64_t maximum, bool counts_in_progress) {
    return "LimitExceededException: More than " + std::to_string(maximum) + " resources " +
           (counts_in_progress ? "with PENDING or IN_PROGRESS status."
                               : "in ACTIVE state. Please delete some and try again.");
}

/// The input of the part with a distinct name.
Json input_numbered(Deployment& world, std::string_view part, std::int64_t number) {
    Json input = world.input(part);
    input[std::string(kind_named(support::part_named(part).kind).name_member)] = "n" + std::to_string(number);
    return input;
}

Answer create_numbered(Deployment& world, std::string_view part, std::int64_t number) {
    const std::string operation = support::operation_on("Create", support::part_named(part).kind);
    return world.call(operation, input_numbered(world, part, number));
}

TEST(Quotas, AreAllTestedHere) {
    // Those of filters, of data and of inputs have tests of their own.
    std::vector<std::string> tested{"filterFields",    "fieldsPerFilter",        "minimumInteractions",
                                    "minimumUsers",    "batchInputFiles",        "batchInputBytes",
                                    "fullImportBytes", "incrementalImportBytes", "dataDeletionInputBytes"};
    for (const Limit& limit : limits) tested.emplace_back(limit.quota);
    for (const Quota& quota : quota_table()) {
        EXPECT_NE(std::find(tested.begin(), tested.end(), quota.name), tested.end()) << quota.name;
    }
    EXPECT_EQ(tested.size(), quota_table().size());
}

// Fidelity: documented | A Create beyond a limit is refused with LimitExceededException: More than N resources in
//   ACTIVE state. Please delete some and try again (seen for filters), or with PENDING or IN_PROGRESS status |
//   DG/limits.html
TEST(Quotas, RefuseTheFirstResourceBeyondTheLimit) {
    for (const Limit& limit : limits) {
        Deployment world;
        world.input(limit.part);
        world.control("PUT", "quotas", enforced);
        for (std::int64_t i = 0; i < limit.maximum; ++i) {
            ASSERT_EQ(outcome(create_numbered(world, limit.part, i)), "200") << limit.quota << " " << i;
        }
        const std::string refused = limit_text(limit.maximum, limit.counts_in_progress);
        EXPECT_EQ(outcome(create_numbered(world, limit.part, limit.maximum)), refused) << limit.quota;
        world.advance(3s);
        EXPECT_EQ(outcome(create_numbered(world, limit.part, limit.maximum)),
                  limit.counts_in_progress ? "200" : refused)
            << limit.quota;
    }
}

TEST(Quotas, AreOffByDefault) {
    for (const Limit& limit : limits) {
        if (limit.maximum > 100) continue;
        Deployment world;
        for (std::int64_t i = 0; i <= limit.maximum; ++i) {
            EXPECT_EQ(outcome(create_numbered(world, limit.part, i)), "200") << limit.quota;
        }
    }
}

TEST(Quotas, DoNotCountDeletedOrFailedResources) {
    Deployment world;
    world.make("datasetGroup");
    world.control("PUT", "quotas", {{"mode", "aws"}, {"limits", {{"filters", 2}}}});
    create_numbered(world, "filter", 0);
    create_numbered(world, "filter", 1);
    world.advance(3s);
    EXPECT_EQ(outcome(create_numbered(world, "filter", 2)), limit_text(2, false));
    world.force(arn("filter/n0"), "CREATE FAILED");
    EXPECT_EQ(outcome(create_numbered(world, "filter", 2)), "200");
    EXPECT_EQ(outcome(create_numbered(world, "filter", 3)), limit_text(2, false));
    world.call_on("Delete", arn("filter/n1"));
    EXPECT_EQ(outcome(create_numbered(world, "filter", 3)), limit_text(2, false)) << "not deleted yet";
    world.advance(3s);
    EXPECT_EQ(outcome(create_numbered(world, "filter", 3)), "200");
}

TEST(Quotas, ApplyPerAccountAndRegion) {
    Deployment world;
    world.control("PUT", "quotas", {{"mode", "aws"}, {"limits", {{"datasetGroups", 1}}}});
    const struct {
        const char* account;
        const char* region;
    } callers[] = {{"111111111111", "us-east-1"}, {"111111111111", "eu-west-1"}, {"222222222222", "us-east-1"}};
    for (const auto& caller : callers) {
        const auto create = [&](const char* name) {
            return world.call_as(caller.account, caller.region, "CreateDatasetGroup", {{"name", name}}).error();
        };
        EXPECT_EQ(create("one"), "") << caller.account << caller.region;
        EXPECT_EQ(create("two"), "LimitExceededException") << caller.account << caller.region;
        EXPECT_EQ(create("one"), "ResourceAlreadyExistsException") << "a taken name is reported first";
    }
}

TEST(Quotas, ApplyPerGroupIfTheyBelongToGroups) {
    for (const char* const part : {"filter", "solution", "dataDeletionJob"}) {
        Deployment world;
        const std::string other = world.make("videoGroup");
        world.make("videoDataset");
        world.make("datasetGroup");
        world.control(
            "PUT", "quotas",
            {{"mode", "aws"}, {"limits", {{"filters", 1}, {"solutions", 1}, {"dataDeletionJobsInProgress", 1}}}});
        Json input = input_numbered(world, part, 0);
        const std::string create = support::operation_on("Create", part);
        EXPECT_EQ(outcome(world.call(create, input)), "200");
        input[std::string(kind_named(part).name_member)] = "next";
        EXPECT_EQ(world.call(create, input).error(), "LimitExceededException") << part;
        input["datasetGroupArn"] = other;
        EXPECT_EQ(outcome(world.call(create, input)), "200") << part;
    }
}

/// A filter expression with `count` columns, beginning with column number `first`.
std::string filter_of_columns(int first, int count) {
    std::string text = "INCLUDE ItemID WHERE";
    for (int i = 0; i < count; ++i) {
        text += std::string(i == 0 ? "" : " AND") + " Items.C" + std::to_string(first + i) + " = \"a\"";
    }
    return text;
}

// Fidelity: documented | The filters of a dataset group use at most 20 distinct fields | DG/limits.html
TEST(Quotas, CountEachFilterFieldOfAGroupOnce) {
    Deployment world;
    const std::string group = world.load_bare_group();
    world.control("PUT", "quotas", {{"mode", "aws"}, {"limits", {{"fieldsPerFilter", 100}}}});
    const auto create = [&](const char* name, const std::string& expression) {
        return outcome(
            world.call("CreateFilter", {{"name", name}, {"filterExpression", expression}, {"datasetGroupArn", group}}));
    };
    const std::string refused =
        "LimitExceededException: More than 20 distinct fields in the filters of the dataset group.";
    EXPECT_EQ(create("none", filter_of_columns(0, 21)), refused);
    EXPECT_EQ(create("a", filter_of_columns(0, 15)), "200");
    EXPECT_EQ(create("b", filter_of_columns(10, 10)), "200") << "five of them belong to the first filter";
    EXPECT_EQ(create("c", filter_of_columns(0, 20)), "200");
    EXPECT_EQ(create("d", filter_of_columns(20, 1)), refused);
}

// Fidelity: documented | A filter uses at most 10 distinct fields | DG/limits.html
TEST(Quotas, CountEachFieldOfAFilterOnce) {
    Deployment world;
    const std::string group = world.load_bare_group();
    world.control("PUT", "quotas", enforced);
    const auto create = [&](const char* name, const std::string& expression) {
        return outcome(
            world.call("CreateFilter", {{"name", name}, {"filterExpression", expression}, {"datasetGroupArn", group}}));
    };
    EXPECT_EQ(create("a", filter_of_columns(0, 11)),
              "LimitExceededException: More than 10 distinct fields in the filter.");
    EXPECT_EQ(create("b", filter_of_columns(0, 10) + R"( AND Items.c3 = "b" | )" + filter_of_columns(2, 5)), "200");
}

TEST(QuotaControl, ReturnsAndSetsLimits) {
    Deployment world;
    const Json at_first = world.control("GET", "quotas").body;
    EXPECT_EQ(at_first["mode"], "off");
    for (const Limit& limit : limits) EXPECT_EQ(at_first["limits"][limit.quota], limit.maximum) << limit.quota;
    EXPECT_EQ(at_first["limits"]["filterFields"], 20);
    EXPECT_EQ(at_first["limits"]["fieldsPerFilter"], 10);
    EXPECT_EQ(at_first["limits"]["minimumInteractions"], 1000);
    EXPECT_EQ(at_first["limits"]["minimumUsers"], 25);
    const Json change = {{"mode", "aws"}, {"limits", {{"filters", 10}}}};
    const Answer answer = world.control("PUT", "quotas", change);
    EXPECT_EQ(answer.body["mode"], "aws");
    EXPECT_EQ(answer.body["limits"]["filters"], 10);
    EXPECT_EQ(answer.body["limits"]["solutions"], 10);
    EXPECT_EQ(world.control("GET", "quotas").body, answer.body);
    EXPECT_EQ(world.control("PUT", "quotas", Json::object()).body, at_first) << "replaces the previous limits";
}

TEST(QuotaControl, RefusesUnknownQuotas) {
    const struct {
        Json change;
        const char* pointer;
    } cases[] = {
        {{{"mode", "on"}}, "/mode"},
        {{{"mode", true}}, "/mode"},
        {{{"limit", Json::object()}}, "/limit"},
        {{{"limits", {{"filter", 3}}}}, "/limits/filter"},
        {{{"limits", {{"filters", -1}}}}, "/limits/filters"},
        {{{"limits", {{"filters", 1.5}}}}, "/limits/filters"},
        {{{"limits", {{"filters", "3"}}}}, "/limits/filters"},
        {{{"limits", 3}}, "/limits"},
        {Json::array(), "none"},
    };
    Deployment world;
    const Json before = world.control("GET", "quotas").body;
    for (const auto& one : cases) {
        const Answer answer = world.control("PUT", "quotas", one.change);
        EXPECT_EQ(answer.status, 400) << one.change;
        EXPECT_EQ(answer.body.value("pointer", "none"), one.pointer) << answer.text;
        EXPECT_EQ(world.control("GET", "quotas").body, before) << one.change;
    }
}

TEST(QuotaControl, SetsLimitsPerAccount) {
    Deployment world;
    world.control("PUT", "quotas", {{"limits", {{"datasetGroups", 2}}}});
    world.control("PUT", "quotas?account=111111111111", {{"mode", "aws"}, {"limits", {{"schemas", 3}}}});
    const Json quotas = world.control("GET", "quotas?account=111111111111").body;
    EXPECT_EQ(quotas["mode"], "aws");
    EXPECT_EQ(quotas["limits"]["schemas"], 3);
    EXPECT_EQ(quotas["limits"]["datasetGroups"], 2) << "inherits the common limit";
    EXPECT_EQ(world.control("GET", "quotas").body["mode"], "off");
    const auto create = [&](const char* account, const char* name) {
        return world.call_as(account, "us-east-1", "CreateDatasetGroup", {{"name", name}}).error();
    };
    for (const char* const name : {"one", "two"}) EXPECT_EQ(create("111111111111", name), "");
    EXPECT_EQ(create("111111111111", "three"), "LimitExceededException");
    for (const char* const name : {"one", "two", "three"}) EXPECT_EQ(create("222222222222", name), "");
}

TEST(QuotaControl, SurvivesARestart) {
    const storage::TemporaryFolder folder;
    Json quotas;
    {
        Deployment before({}, folder.file("world.db"));
        quotas = before.control("PUT", "quotas", {{"mode", "aws"}, {"limits", {{"schemas", 0}}}}).body;
        before.control("PUT", "quotas?account=111111111111", {{"mode", "off"}});
    }
    Deployment again({}, folder.file("world.db"));
    EXPECT_EQ(again.control("GET", "quotas").body, quotas);
    EXPECT_EQ(again.control("GET", "quotas?account=111111111111").body["mode"], "off");
    EXPECT_EQ(outcome(again.create("schema")), limit_text(0, false));
}

TEST(QuotaControl, IsPartOfDocuments) {
    Deployment world;
    world.load({{"quotas", {{"mode", "aws"}, {"limits", {{"schemas", 1}}}}},
                {"accounts", {{"111111111111", {{"quotas", {{"mode", "off"}}}}}}}});
    world.make("schema");
    EXPECT_EQ(outcome(world.create("schema", {{"name", "second"}})), limit_text(1, false));
    const Json state = world.control("GET", "state").body;
    EXPECT_EQ(state["quotas"], (Json{{"mode", "aws"}, {"limits", {{"schemas", 1}}}}));
    Deployment copy;
    EXPECT_EQ(copy.control("PUT", "state", state).status, 200);
    EXPECT_EQ(copy.control("GET", "state").body, state);
    EXPECT_EQ(copy.control("GET", "quotas?account=111111111111").body["mode"], "off");
    copy.control("POST", "reset");
    EXPECT_EQ(copy.control("GET", "quotas").body["mode"], "off");
    const Answer answer = copy.control("POST", "state", {{"quotas", {{"mode", "on"}}}});
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.text.find("/quotas/mode"), std::string::npos) << answer.text;
}

TEST(QuotaControl, StartsWithTheValueOfTheFlag) {
    ServiceSettings settings;
    settings.are_quotas_enforced = true;
    Deployment world(settings);
    EXPECT_EQ(world.control("GET", "quotas").body["mode"], "aws");
    for (std::int64_t i = 0; i < 5; ++i) EXPECT_EQ(outcome(create_numbered(world, "datasetGroup", i)), "200");
    EXPECT_EQ(outcome(create_numbered(world, "datasetGroup", 5)), limit_text(5, false));
}

}  // namespace
}  // namespace plocal::resources
