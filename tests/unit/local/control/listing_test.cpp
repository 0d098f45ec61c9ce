// Lists of resources and accounts, and one resource with its past and future.
#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"
#include "tests/support/long_request.h"
#include "tests/unit/local/control/asking.h"

namespace plocal::control {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> names_in(const Json& answer) {
    std::vector<std::string> names;
    for (const Json& each : answer.at("resources")) names.push_back(each.at("name"));
    return names;
}

/// The names on all pages, and how many pages there were.
std::vector<std::string> names_of_pages(support::World& world, const std::string& query, int& pages) {
    std::vector<std::string> names;
    std::string after;
    pages = 0;
    do {
        const Json page = get(world, "/_local/resources?" + query + after);
        for (const std::string& name : names_in(page)) names.push_back(name);
        after = page.contains("next") ? "&after=" + page["next"].get<std::string>() : "";
        ++pages;
    } while (!after.empty() && pages < 100);
    return names;
}

class Listing : public testing::Test {
protected:
    static Json jobs(int count, const std::string& account = "000000000000", const std::string& status = "ACTIVE") {
        Json jobs = Json::array();
        for (int i = 0; i < count; ++i) {
            jobs.push_back(
                {{"batchInferenceJobArn", job_arn("job-" + std::to_string(i), account)}, {"status", status}});
        }
        return {{"batchInferenceJobs", jobs}};
    }

    void load_jobs(int count, const std::string& account = "000000000000", const std::string& status = "ACTIVE") {
        world_.load(jobs(count, account, status));
    }

    support::Deployment world_;
};

TEST_F(Listing, HasWhatAResourceIsAndWhatComesNext) {
    support::load_solution_version(world_);
    world_.call("CreateBatchInferenceJob", support::create_input("one"));
    const Json listed = get(world_, "/_local/resources?kind=batchInferenceJob");
    EXPECT_EQ(listed.dump(),
              (Json{{"resources",
                     {{{"arn", job_arn("one")},
                       {"kind", "batchInferenceJob"},
                       {"name", "one"},
                       {"account", "000000000000"},
                       {"region", "us-east-1"},
                       {"created", "2026-01-31T12:00:00.123Z"},
                       {"hasChildren", false},
                       {"parent", arn("solution/movies/1234abcd")},
                       {"status", "PENDING"},
                       {"changed", "2026-01-31T12:00:00.123Z"},
                       {"next", {{"status", "IN PROGRESS"}, {"at", "2026-01-31T12:00:01.123Z"}, {"by", "timer"}}}}}}})
                  .dump());
    world_.advance(1h);
    const Json later = get(world_, "/_local/resources?kind=batchInferenceJob")["resources"][0];
    EXPECT_EQ(later["status"], "ACTIVE");
    EXPECT_FALSE(later.contains("next"));
}

TEST_F(Listing, HasTheReasonOfAFailureAndNoStatusOfASchema) {
    world_.load(
        {{"batchInferenceJob",
          {{"batchInferenceJobArn", job_arn("bad")}, {"status", "CREATE FAILED"}, {"failureReason", "No objects"}}}});
    world_.make("schema");
    EXPECT_EQ(get(world_, "/_local/resources?kind=batchInferenceJob")["resources"][0]["failureReason"], "No objects");
    const Json schema = get(world_, "/_local/resources?kind=schema")["resources"][0];
    EXPECT_TRUE(schema.at("status").is_null());
    EXPECT_FALSE(schema.contains("next"));
}

TEST_F(Listing, SaysWhatEndsAStatusThatTheClockDoesNot) {
    support::load_solution_version(world_);
    world_.control("PUT", "lifecycle", {{"default", {{"progression", "calls"}}}});
    world_.call("CreateBatchInferenceJob", support::create_input("polled"));
    world_.control("PUT", "lifecycle", {{"default", {{"progression", "manual"}}}});
    world_.call("CreateBatchInferenceJob", support::create_input("pushed"));
    const Json jobs = get(world_, "/_local/resources?kind=batchInferenceJob")["resources"];
    EXPECT_EQ(jobs[1]["next"], Json({{"status", "IN PROGRESS"}, {"at", nullptr}, {"by", "calls"}}));
    EXPECT_EQ(jobs[0]["next"], Json({{"status", "IN PROGRESS"}, {"at", nullptr}, {"by", "command"}}));
}

TEST_F(Listing, FollowsTheTreeOfParents) {
    const std::string version = world_.make("solutionVersion");
    const std::string solution = version.substr(0, version.rfind('/'));
    const Json groups = get(world_, "/_local/resources?kind=datasetGroup")["resources"];
    ASSERT_THAT(groups, SizeIs(1));
    EXPECT_TRUE(groups[0]["hasChildren"]);
    EXPECT_EQ(groups[0]["children"]["solution"], 1);
    const std::string group = groups[0]["arn"];
    const Json solutions = get(world_, "/_local/resources?kind=solution&parent=" + group)["resources"];
    ASSERT_THAT(solutions, SizeIs(1));
    EXPECT_EQ(solutions[0]["arn"], solution);
    const Json versions = get(world_, "/_local/resources?parent=" + solution)["resources"];
    ASSERT_THAT(versions, SizeIs(1));
    EXPECT_EQ(versions[0]["arn"], version);
    EXPECT_FALSE(versions[0]["hasChildren"]);
}

TEST_F(Listing, FindsWhatHasNoParentThatIsThere) {
    const std::string solution = world_.make("solution");
    load_jobs(2);
    std::vector<std::string> kinds;
    const Json answer = get(world_, "/_local/resources?parent=none");
    for (const Json& each : answer["resources"]) kinds.push_back(each["kind"]);
    EXPECT_THAT(kinds, testing::UnorderedElementsAre("datasetGroup", "batchInferenceJob", "batchInferenceJob"));
}

TEST_F(Listing, ComesInPages) {
    load_jobs(25);
    int pages = 0;
    const std::vector<std::string> names = names_of_pages(world_, "kind=batchInferenceJob&limit=10", pages);
    EXPECT_EQ(pages, 3);
    ASSERT_THAT(names, SizeIs(25));
    EXPECT_EQ(names.front(), "job-24") << "the newest first";
    EXPECT_EQ(names.back(), "job-0");
    names_of_pages(world_, "kind=batchInferenceJob&limit=25", pages);
    EXPECT_EQ(pages, 1) << "a full page that is the last has no next";
}

TEST_F(Listing, GoesFromKindToKind) {
    load_jobs(3);
    world_.make("schema");
    world_.make("datasetGroup");
    int pages = 0;
    const std::vector<std::string> all = names_of_pages(world_, "", pages);
    for (int limit = 1; limit <= 4; ++limit) {
        EXPECT_EQ(names_of_pages(world_, "limit=" + std::to_string(limit), pages), all) << limit;
    }
    EXPECT_EQ(names_of_pages(world_, "kind=batchInferenceJob,schema&limit=2", pages).size(), 4u);
}

TEST_F(Listing, IsNarrowed) {
    load_jobs(12);
    load_jobs(2, alice, "IN PROGRESS");
    const struct {
        const char* query;
        std::size_t count;
    } cases[] = {
        {"kind=batchInferenceJob", 14},
        {"kind=batchInferenceJob&account=111111111111", 2},
        {"kind=batchInferenceJob&account=111111111111&region=us-east-1", 2},
        {"kind=batchInferenceJob&region=eu-west-1", 0},
        {"kind=batchInferenceJob&status=ACTIVE", 12},
        {"kind=batchInferenceJob&status=IN%20PROGRESS", 2},
        {"kind=batchInferenceJob&status=CREATE%20IN_PROGRESS", 2},
        {"kind=batchInferenceJob&status=inProgress", 2},
        {"status=failed", 0},
        {"search=JOB-1", 4},
        {"search=batch-inference-job", 14},
        {"search=111111111111", 2},
        {"search=nothing-like-this", 0},
    };
    for (const auto& [query, count] : cases) {
        EXPECT_THAT(get(world_, "/_local/resources?" + std::string(query))["resources"], SizeIs(count)) << query;
    }
}

TEST_F(Listing, ReadsSoManyAtMost) {
    ASSERT_EQ(support::LongRequest(world_, "POST", "state", jobs(20'001)).finish().status(), 200);
    const std::string query = "resources?kind=batchInferenceJob&search=job-0";
    const Json page = support::LongRequest(world_, "GET", query).finish().body();
    EXPECT_THAT(names_in(page), IsEmpty()) << "the newest are read first";
    ASSERT_TRUE(page.contains("next"));
    const std::string after = "&after=" + page["next"].get<std::string>();
    EXPECT_THAT(names_in(support::LongRequest(world_, "GET", query + after).finish().body()), ElementsAre("job-0"));
}

TEST_F(Listing, IsRefusedForABadParameter) {
    const struct {
        const char* query;
        const char* error;
    } cases[] = {
        {"kind=batchInferenceJobs", "kind: there is no kind 'batchInferenceJobs'; did you mean batchInferenceJob?"},
        {"kind=", "kind: there is no kind '';"},
        {"limit=0", "limit: expected a whole number from 1 to 1000, found '0'"},
        {"limit=1001", "limit: expected a whole number from 1 to 1000, found '1001'"},
        {"after=somewhere", "after: expected the `next` of a page, found 'somewhere'"},
        {"kind=schema&after=batchInferenceJob:1:1",
         "after: expected the `next` of a page, found 'batchInferenceJob:1:1'"},
        {"after=schema:1:", "after: expected the `next` of a page, found 'schema:1:'"},
        {"status=DONE", "status: expected a status that these kinds have, found 'DONE'"},
        {"filter=x", "this call has no parameter 'filter'"},
    };
    for (const auto& [query, error] : cases) {
        const support::Answer answer = asked(world_, "GET", "/_local/resources?" + std::string(query));
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_EQ(answer.body["error"].get<std::string>().substr(0, std::string(error).size()), error);
    }
}

TEST_F(Listing, ShowsOneResourceWithItsPastAndFuture) {
    support::load_solution_version(world_);
    world_.call("CreateBatchInferenceJob", support::create_input("one"));
    world_.advance(1s);
    const Json one = get(world_, "/_local/resource?arn=" + job_arn("one"));
    EXPECT_EQ(one["now"], "2026-01-31T12:00:01.123Z");
    EXPECT_EQ(one["timeline"].dump(), R"([{"status":"PENDING","at":"2026-01-31T12:00:00.123Z","cause":"call"},)"
                                      R"({"status":"IN PROGRESS","at":"2026-01-31T12:00:01.123Z","cause":"timer"}])");
    EXPECT_EQ(one["upcoming"].dump(), R"([{"status":"ACTIVE","at":"2026-01-31T12:00:03.123Z","by":"timer"}])");
    const Json described = world_.described(job_arn("one"));
    EXPECT_EQ(one["describe"]["batchInferenceJob"], described);
}

TEST_F(Listing, DescribesEveryKindAsTheServiceDoes) {
    for (const std::string_view kind : support::creatable_kinds()) {
        const std::string made = world_.make(kind);
        const Json one = get(world_, "/_local/resource?arn=" + made);
        EXPECT_EQ(one["kind"], kind);
        EXPECT_EQ(support::sorted(one["describe"][std::string(kind)]), support::sorted(world_.described(made)));
    }
}

TEST_F(Listing, CountsNoDescribeAndRecordsNoRequest) {
    support::load_solution_version(world_);
    world_.control("PUT", "lifecycle", {{"default", {{"progression", "calls"}, {"calls", 1}}}});
    world_.call("CreateBatchInferenceJob", support::create_input("one"));
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(get(world_, "/_local/resource?arn=" + job_arn("one"))["status"], "PENDING");
    }
    const Json one = get(world_, "/_local/resource?arn=" + job_arn("one"));
    EXPECT_EQ(one["upcoming"].dump(), R"([{"status":"IN PROGRESS","at":null,"by":"calls"},)"
                                      R"({"status":"ACTIVE","at":null,"by":"calls"}])");
    EXPECT_EQ(get(world_, "/_local/requests")["counts"].value("DescribeBatchInferenceJob", 0), 0);
}

TEST_F(Listing, RefusesAResourceThatIsNotThere) {
    load_jobs(1);
    EXPECT_EQ(asked(world_, "GET", "/_local/resource").status, 400);
    EXPECT_EQ(asked(world_, "GET", "/_local/resource?arn=" + job_arn("none")).status, 404);
    EXPECT_EQ(asked(world_, "GET", "/_local/resource?account=111111111111&arn=" + job_arn("job-0")).status, 404);
}

TEST_F(Listing, HasTheAccountsWithResourcesOrSettings) {
    load_jobs(2, alice);
    world_.load({{"batchInferenceJob",
                  {{"batchInferenceJobArn",
                    "arn:aws:personalize:eu-west-1:" + std::string(alice) + ":batch-inference-job/there"}}}});
    world_.control("PUT", "clock?account=" + std::string(bob), {{"mode", "frozen"}});
    world_.control("POST", "rules?account=" + std::string(bob),
                   {{"match", {{"operation", "List*"}}}, {"delay", "1ms"}});
    const Json answer = get(world_, "/_local/accounts");
    EXPECT_EQ(answer["home"], Json({{"account", "000000000000"}, {"region", "us-east-1"}}));
    const Json& accounts = answer["accounts"];
    EXPECT_EQ(accounts.dump(),
              R"([{"account":"111111111111","regions":["eu-west-1","us-east-1"],"resources":3,"own":[]},)"
              R"({"account":"222222222222","regions":[],"resources":0,"own":["clock","rules"]}])");
    EXPECT_THAT(get(world_, "/_local/accounts?account=111111111111")["accounts"], SizeIs(1));
}

}  // namespace
}  // namespace plocal::control
