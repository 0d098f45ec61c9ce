// Requests during each of whose changes of the disk this disk fails, in turn: what was acknowledged is there, what was
// not is not, and the server goes on.
#include <filesystem>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>

#include "server/service/s3/folder_store.h"
#include "tests/support/failing_disk.h"
#include "tests/support/hand_jobs.h"
#include "tests/support/objects.h"
#include "tests/support/world.h"
#include "tests/unit/service/events/movie_events.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::engine {
namespace {

using base::Json;
using support::Answer;
using support::arn;
using support::FailingDisk;
using support::World;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;

Answer send_to(World& world, std::string_view method, std::string_view target, const Json& body = nullptr) {
    const std::string text = body.is_null() ? "" : body.dump();
    const protocol::RequestHeader json{"content-type", "application/json"};
    return world.send({.method = method, .target = target, .headers = {json}, .body = text});
}

/// Everything that a restart keeps.
std::string state_of(World& world) {
    const Answer answer = send_to(world, "GET", "/_local/state");
    EXPECT_EQ(answer.status, 200) << answer.text;
    return answer.text;
}

Json movies_with_a_version() {
    Json world = events::movie_world();
    world["solutionVersion"] = {{"solutionVersionArn", arn("solution/movies/1234abcd")}};
    world["batchInferenceJob"] = {{"batchInferenceJobArn", arn("batch-inference-job/former")}};
    return world;
}

Json items_in_steps(int count) {
    Json rows = Json::array();
    for (int i = 0; i < count; ++i)
        rows.push_back({{"ITEM_ID", "i" + std::to_string(i)}, {"CREATION_TIMESTAMP", 1'700'000'000 + i}});
    return {{"rows", rows}};
}

struct Act {
    const char* name;
    Json rules;  // before
    std::function<Answer(World&)> call;
};

Answer create_one(World& world) {
    Json input = support::create_input("one");
    input["tags"] = {{{"tagKey", "team"}, {"tagValue", "search"}}};
    return world.call("CreateBatchInferenceJob", input);
}

std::vector<Act> acts() {
    const Json slow = {{"match", {{"jobName", "one"}}}, {"times", 2}, {"lifecycle", {{"pending", "9s"}}}};
    const Json none = Json::array();
    const Json counted = {{"match", {{"operation", "Create*"}}}, {"times", 1}, {"delay", "0s"}};
    return {
        {"Create", none, create_one},
        {"CreateThatARuleCounts", Json::array({counted}), create_one},
        {"CreateWithALifecycleOfARule", Json::array({slow}), create_one},
        {"Delete", none,
         [](World& world) {
             return world.call("DeleteDataset", {{"datasetArn", events::dataset_arn("USERS")}});
         }},
        {"TagResource", none,
         [](World& world) {
             return world.call("TagResource", {{"resourceArn", arn("dataset-group/movies")},
                                               {"tags", {{{"tagKey", "a"}, {"tagValue", "b"}}}}});
         }},
        {"PutEvents", none,
         [](World& world) {
             return send_to(world, "POST", "/events",
                            events::events_of({events::event({{"itemId", "a"}}), events::event({{"itemId", "b"}})}));
         }},
        {"PutEventsThatARuleCounts",
         Json::array({Json{{"match", {{"operation", "PutEvents"}}}, {"times", 3}, {"delay", "0s"}}}),
         [](World& world) { return send_to(world, "POST", "/events", events::events_of(events::event())); }},
        {"PutItems", none,
         [](World& world) {
             return send_to(world, "POST", "/items",
                            {{"datasetArn", events::dataset_arn("ITEMS")},
                             {"items", {{{"itemId", "a"}, {"properties", R"({"creationTimestamp":1700000000})"}}}}});
         }},
        {"ImportByTheControlApi", none,
         [](World& world) {
             return send_to(world, "PUT", "/_local/data?dataset=" + events::dataset_arn("ITEMS"), items_in_steps(250));
         }},
        {"Load", none,
         [](World& world) {
             return send_to(world, "POST", "/_local/state",
                            {{"batchInferenceJob", {{"batchInferenceJobArn", arn("batch-inference-job/loaded")}}},
                             {"rules", {{{"match", {{"operation", "List*"}}}, {"delay", "1s"}}}}});
         }},
        {"Replacement", none,
         [](World& world) {
             return send_to(
                 world, "PUT", "/_local/state",
                 {{"datasetGroup", {{"datasetGroupArn", arn("dataset-group/other")}}}, {"quotas", Json::object()}});
         }},
        {"Reset", Json::array({counted}), [](World& world) { return send_to(world, "POST", "/_local/reset"); }},
        {"Rules", Json::array({counted}),
         [](World& world) {
             return send_to(world, "PUT", "/_local/rules",
                            {{"rules", {{{"match", {{"operation", "List*"}}}, {"delay", "1s"}}}}});
         }},
        {"Transition", none,
         [](World& world) {
             return send_to(world, "POST", "/_local/transition",
                            {{"arn", arn("batch-inference-job/former")}, {"to", "PENDING"}, {"force", true}});
         }},
    };
}

class DiskFaultsOf : public testing::TestWithParam<std::tuple<Act, FailingDisk::Fault>> {
protected:
    const Act& act() const { return std::get<Act>(GetParam()); }

    /// A copy of the file from which each round begins.
    std::string fresh() const {
        const std::string path = folder_.file("round.db");
        std::filesystem::remove(path + "-wal");
        std::filesystem::copy_file(folder_.file("beginning.db"), path,
                                   std::filesystem::copy_options::overwrite_existing);
        return path;
    }

    /// A copy of a file that is open, as after the process was killed.
    std::string as_after_a_crash(const std::string& path) const {
        const std::string copy = folder_.file("crashed.db");
        for (const char* const part : {"", "-wal"}) {
            std::filesystem::remove(copy + part);
            if (std::filesystem::exists(path + part)) std::filesystem::copy_file(path + part, copy + part);
        }
        return copy;
    }

    void make_beginning() {
        World world({}, folder_.file("beginning.db"));
        Json document = movies_with_a_version();
        if (!act().rules.empty()) document["rules"] = act().rules;
        world.load(document);
    }

    storage::TemporaryFolder folder_;
    FailingDisk disk_;
};

TEST_P(DiskFaultsOf, LeaveItsStateBeforeOrAfterAsItWasAnswered) {
    make_beginning();
    std::string before;
    std::string after;
    {
        World world({}, fresh());
        before = state_of(world);
        ASSERT_EQ(act().call(world).status, 200);
        after = state_of(world);
        ASSERT_NE(before, after);
    }
    bool has_failed = true;
    int n = 1;
    for (; has_failed; ++n) {
        SCOPED_TRACE("access " + std::to_string(n));
        const std::string path = fresh();
        std::string crashed;
        bool is_acknowledged = false;
        {
            World world({}, path);
            disk_.fail_at(n, std::get<FailingDisk::Fault>(GetParam()));
            const Answer answer = act().call(world);
            has_failed = disk_.mend();
            crashed = as_after_a_crash(path);
            is_acknowledged = answer.status == 200;
            if (!is_acknowledged) {
                ASSERT_EQ(answer.status, 500) << answer.text;
                EXPECT_THAT(answer.text,
                            AnyOf("{}", R"({"__type":"InternalFailure"})", HasSubstr("the log has the details")));
            }
            ASSERT_EQ(state_of(world), is_acknowledged ? after : before);
            if (!is_acknowledged) {
                ASSERT_EQ(act().call(world).status, 200) << "the disk is mended";
            }
            ASSERT_EQ(state_of(world), after);
        }
        World reopened({}, path);
        ASSERT_EQ(state_of(reopened), after);
        World restarted({}, crashed);
        ASSERT_EQ(state_of(restarted), is_acknowledged ? after : before);
    }
    EXPECT_GT(n, 3);
}

INSTANTIATE_TEST_SUITE_P(Each, DiskFaultsOf,
                         testing::Combine(testing::ValuesIn(acts()), testing::ValuesIn(FailingDisk::faults)),
                         [](const auto& row) {
                             return std::get<Act>(row.param).name +
                                    std::to_string(row.index % std::size(FailingDisk::faults));
                         });

/// A world whose import job reads a folder.
class DiskFaultsOfAnImportJob : public testing::TestWithParam<FailingDisk::Fault> {
protected:
    DiskFaultsOfAnImportJob() {
        std::filesystem::create_directories(folder_.file("bucket"));
        std::string csv = "ITEM_ID,GENRES,CREATION_TIMESTAMP,NUM_RATINGS\n";
        for (int i = 0; i < 250; ++i) csv += "i" + std::to_string(i) + ",Drama,1700000000,\n";
        s3::put(objects_, {"bucket", "items.csv"}, csv);
        s3::put(objects_, {"bucket", "old.csv"}, "ITEM_ID,GENRES,CREATION_TIMESTAMP,NUM_RATINGS\nold,,1700000000,\n");
    }

    void create(World& world, const std::string& name, const std::string& key) {
        const Answer answer =
            world.call("CreateDatasetImportJob", {{"jobName", name},
                                                  {"datasetArn", events::dataset_arn("ITEMS")},
                                                  {"dataSource", {{"dataLocation", "s3://bucket/" + key}}},
                                                  {"roleArn", "arn:aws:iam::000000000000:role/personalize"}});
        ASSERT_EQ(outcome(answer), "200");
    }

    /// As a control call: what a test moves by itself is not stored.
    static void set_clock(World& world, const char* now) {
        ASSERT_EQ(send_to(world, "PUT", "/_local/clock", {{"now", now}}).status, 200);
    }

    /// Lets work begin, and runs it. Returns the answer to a request that comes after it.
    Answer run(World& world, support::HandJobs& jobs) {
        world.call("ListDatasets", Json::object());
        jobs.run();
        return world.call("ListDatasets", Json::object());
    }

    std::string status(World& world, const std::string& name) {
        const Json input = {{"datasetImportJobArn", arn("dataset-import-job/" + name)}};
        const Json job = world.call("DescribeDatasetImportJob", input).body["datasetImportJob"];
        return job.value("status", "") + job.value("failureReason", "");
    }

    static std::int64_t items(World& world) {
        return send_to(world, "GET", "/_local/health").body["rows"].value("items", 0);
    }

    resources::ServiceSettings settings_ = support::HandJobs::settings(true);
    storage::TemporaryFolder folder_;
    s3::FolderStore objects_{folder_.path()};
    FailingDisk disk_;
};

TEST_P(DiskFaultsOfAnImportJob, LeaveItActiveWithAllRowsOrFailedWithThoseOfBefore) {
    const std::string beginning = folder_.file("beginning.db");
    {
        World world(settings_, beginning);
        support::HandJobs jobs(world, &objects_);
        world.load(movies_with_a_version());
        create(world, "former", "old.csv");
        set_clock(world, "2026-02-01T00:00:00Z");
        run(world, jobs);
        ASSERT_EQ(status(world, "former"), "ACTIVE");
        create(world, "one", "items.csv");
    }
    int failures = 0;
    bool has_failed = true;
    for (int n = 1; has_failed; ++n) {
        SCOPED_TRACE("access " + std::to_string(n));
        const std::string path = folder_.file("round.db");
        std::filesystem::remove(path + "-wal");
        std::filesystem::copy_file(beginning, path, std::filesystem::copy_options::overwrite_existing);
        std::int64_t rows = 0;
        std::string outcome;
        {
            World world(settings_, path);
            support::HandJobs jobs(world, &objects_);
            set_clock(world, "2026-03-01T00:00:00Z");
            disk_.fail_at(n, GetParam());
            run(world, jobs);
            has_failed = disk_.mend();
            run(world, jobs);
            outcome = status(world, "one");
            rows = items(world);
            const bool is_done = outcome == "ACTIVE";
            failures += is_done ? 0 : 1;
            if (!is_done) {
                EXPECT_THAT(outcome, AllOf(HasSubstr("CREATE FAILED"), HasSubstr(path)));
            }
            ASSERT_EQ(rows, is_done ? 250 : 1) << outcome;
        }
        World again(settings_, path);
        support::HandJobs jobs(again, &objects_);
        ASSERT_EQ(status(again, "one"), outcome);
        ASSERT_EQ(items(again), rows);
        create(again, "next", "items.csv");
        set_clock(again, "2026-04-01T00:00:00Z");
        run(again, jobs);
        ASSERT_EQ(status(again, "next"), "ACTIVE");
        ASSERT_EQ(items(again), 250);
    }
    EXPECT_GT(failures, 5);
}

INSTANTIATE_TEST_SUITE_P(Of, DiskFaultsOfAnImportJob, testing::ValuesIn(FailingDisk::faults),
                         [](const auto& row) { return "Fault" + std::to_string(row.index); });

TEST(DiskFault, IsLoggedWithItsFileAndItsCause) {
    const storage::TemporaryFolder folder;
    FailingDisk disk;
    const std::string path = folder.file("world.db");
    testing::internal::CaptureStderr();
    {
        base::Log log(base::Level::error, base::Format::text);
        storage::Store store(path);
        Engine engine({.clock = lifecycle::Clock::frozen(World::start_time())}, store, log);
        disk.fail_at(1, FailingDisk::faults[2]);
        const std::string body = R"({"name":"movies"})";
        engine.answer({.method = "POST",
                       .target = "/",
                       .headers = {{"content-type", "application/x-amz-json-1.1"},
                                   {"x-amz-target", "AmazonPersonalize.CreateDatasetGroup"}},
                       .body = body});
        disk.mend();
    }
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                AllOf(HasSubstr("failure"), HasSubstr("database or disk is full"), HasSubstr("'" + path + "'")));
}

}  // namespace
}  // namespace plocal::engine
