#include "server/service/jobs/deletion_job.h"

#include <gmock/gmock.h>

#include "tests/unit/service/jobs/transfers.h"

namespace plocal::jobs {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The rows of fixtures: of ann, bob and cleo.
Json fixture_rows() {
    const auto view = [](const char* user, const char* item, int time) {
        return Json{{"USER_ID", user}, {"ITEM_ID", item}, {"TIMESTAMP", time}, {"EVENT_TYPE", "watch"}};
    };
    return {{"USERS", {{{"USER_ID", "ann"}, {"AGE", 30}}, {{"USER_ID", "bob"}}, {{"USER_ID", "cleo"}}}},
            {"INTERACTIONS", {view("ann", "a", 1), view("ann", "b", 2), view("bob", "a", 3), view("cleo", "c", 4)}}};
}

class DeletionJobs : public Transfers {
protected:
    explicit DeletionJobs(const Json& rows = Json::object()) : Transfers(rows) {}

    Json delete_users(const std::string& name, const std::string& key) {
        world_.call("CreateDataDeletionJob", {{"jobName", name},
                                              {"datasetGroupArn", arn("dataset-group/films")},
                                              {"dataSource", {{"dataLocation", "s3://bucket/" + key}}},
                                              {"roleArn", "arn:aws:iam::000000000000:role/personalize"}});
        run();
        const Json input = {{"dataDeletionJobArn", arn("data-deletion-job/" + name)}};
        return world_.call("DescribeDataDeletionJob", input).body["dataDeletionJob"];
    }

    std::int64_t count(const char* type) { return control("GET", "/_local/health").body["rows"].value(type, -1); }

    void import_views(const std::string& name, const std::string& lines, const std::string& mode = "FULL") {
        put(name + ".csv", interaction_header + lines);
        ASSERT_EQ(import(name, "INTERACTIONS", name + ".csv", {{"importMode", mode}}), "ACTIVE");
    }
};

// Fidelity: documented | A data deletion job deletes the users of its CSV from the Users dataset and their interactions
//   and action interactions | https://docs.aws.amazon.com/personalize/latest/dg/delete-records.html
TEST_F(DeletionJobs, TakeTheRowsOfUsersFromTheDatasetsOfTheGroup) {
    put("users-bulk.csv", "USER_ID,AGE,MEMBER\nann,30,\nbob,,\n");
    ASSERT_EQ(import("users", "USERS", "users-bulk.csv"), "ACTIVE");
    import_views("views", "ann,a,1,watch,,,,\nann,b,2,watch,,,,\nbob,a,3,watch,,,,\n");
    put("actions.csv", "USER_ID,ACTION_ID,EVENT_TYPE,TIMESTAMP\nann,sale,Taken,5\nbob,sale,Taken,6\n");
    ASSERT_EQ(import("actions", "ACTION_INTERACTIONS", "actions.csv"), "ACTIVE");
    put("ids.csv", "user_id\nann\nnobody\nann\n");
    const Json job = delete_users("one", "ids.csv");
    EXPECT_EQ(job.value("status", ""), "COMPLETED") << job;
    EXPECT_EQ(job.value("numDeleted", 0), 4) << job;
    EXPECT_EQ(rows("USERS"), "{\"USER_ID\":\"bob\"}\n");
    EXPECT_EQ(rows("INTERACTIONS"),
              "{\"USER_ID\":\"bob\",\"ITEM_ID\":\"a\",\"TIMESTAMP\":3,\"EVENT_TYPE\":\"watch\"}\n");
    EXPECT_THAT(rows("ACTION_INTERACTIONS"), Not(HasSubstr("ann")));
    EXPECT_EQ(count("users"), 1);
    EXPECT_EQ(count("interactions"), 1);
    EXPECT_EQ(count("actionInteractions"), 1);
    const Json work = work_of(arn("data-deletion-job/one"));
    EXPECT_EQ(work.value("lines", 0), 3) << work;
    EXPECT_EQ(work.value("files", 0), 1) << work;
}

// Fidelity: documented | A data deletion job reads all files of a folder, in sub-folders too |
//   https://docs.aws.amazon.com/personalize/latest/dg/API_DataSource.html
TEST_F(DeletionJobs, ReadAllFilesOfAFolder) {
    import_views("views", "ann,a,1,watch,,,,\nbob,a,3,watch,,,,\ncleo,a,4,watch,,,,\n");
    put("ids/a.csv", "USER_ID\nann\n");
    put("ids/old/b.txt", "USER_ID\ncleo\n");
    EXPECT_EQ(delete_users("one", "ids").value("numDeleted", 0), 2);
    EXPECT_EQ(rows("INTERACTIONS"),
              "{\"USER_ID\":\"bob\",\"ITEM_ID\":\"a\",\"TIMESTAMP\":3,\"EVENT_TYPE\":\"watch\"}\n");
}

// Fidelity: documented | The input of a data deletion job has at most 100 MB | DG/delete-records.html
TEST_F(DeletionJobs, FailBeyondTheQuotaOfTheirInput) {
    import_views("views", "ann,a,1,watch,,,,\n");
    put("ids/a.csv", "USER_ID\nann\n");
    put("ids/b.csv", "USER_ID\nbob\n");
    const std::string limits = R"({"mode": "aws", "limits": {"dataDeletionInputBytes": 23}})";
    ASSERT_EQ(control("PUT", "/_local/quotas", limits).status, 200);
    const Json job = delete_users("one", "ids");
    EXPECT_EQ(job.value("status", ""), "FAILED");
    EXPECT_EQ(job.value("failureReason", ""),
              "s3://bucket/ids: the input has 24 bytes, and the quota dataDeletionInputBytes is 23");
    EXPECT_EQ(count("interactions"), 1);
}

TEST_F(DeletionJobs, DeleteNothingWhereTheInputIsBad) {
    import_views("views", "ann,a,1,watch,,,,\n");
    put("ids/a.csv", "USER_ID\nann\n");
    put("ids/b.csv", "ID\nann\n");
    const Json job = delete_users("one", "ids");
    EXPECT_EQ(outcome(job), "FAILED: Input CSV is missing the following columns:[USER_ID].");
    EXPECT_FALSE(job.contains("numDeleted")) << job;
    EXPECT_EQ(count("interactions"), 1);
    EXPECT_THAT(outcome(delete_users("two", "nothing.csv")), HasSubstr("s3://bucket/nothing.csv: NoSuchKey"));
}

TEST_F(DeletionJobs, TakeWhatIsHiddenAndWhatWasPut) {
    import_views("old", "ann,a,1,watch,,,,\nbob,a,2,watch,,,,\n");
    const std::int64_t revision = world_.store().row_sets().revision(arn("dataset-group/films"));
    {
        storage::sqlite::Transaction transaction = world_.store().begin();
        world_.store().trainings().put({arn("solution/films/1"), arn("dataset-group/films"), "000000000000"},
                                       {revision, world_.now()});
        transaction.commit();
    }
    import_views("new", "ann,b,3,watch,,,,\nbob,b,4,watch,,,,\n");
    put("ids.csv", "USER_ID\nann\n");
    EXPECT_EQ(delete_users("one", "ids.csv").value("numDeleted", 0), 1) << "the hidden row does not count";
    const auto set = world_.store().row_sets().find(dataset("INTERACTIONS"));
    std::vector<std::string> known;
    world_.store().interactions().oldest_first(world_.store().row_sets().view(*set, revision), {}, std::nullopt, 10,
                                               [&known](const auto& row, const auto&) {
                                                   known.emplace_back(row.user_id);
                                                   return true;
                                               });
    EXPECT_THAT(known, testing::ElementsAre("bob"));
}

TEST_F(DeletionJobs, TakeTheEventsOfTheSessionsThatWereTheUsers) {
    const auto put_event = [this](const Json& user, const char* session, int time) {
        Json input = {
            {"trackingId", "films-tracker"},
            {"sessionId", session},
            {"eventList",
             {{{"eventType", "watch"}, {"itemId", "a"}, {"sentAt", time}, {"eventId", std::to_string(time)}}}}};
        if (user.is_string()) input["userId"] = user;
        const Answer answer = world_.send({.method = "POST", .target = "/events", .headers = {}, .body = input.dump()});
        ASSERT_EQ(answer.status, 200) << answer.text;
    };
    world_.load({{"eventTrackers",
                  {{{"eventTrackerArn", arn("event-tracker/films")},
                    {"datasetGroupArn", arn("dataset-group/films")},
                    {"trackingId", "films-tracker"}}}}});
    put_event(nullptr, "s-ann", 1);
    put_event("ann", "s-ann", 2);
    put_event(nullptr, "s-bob", 3);
    put_event("bob", "s-bob", 4);
    put_event("ann", "s-bob", 5);
    put("ids.csv", "USER_ID\nann\n");
    EXPECT_EQ(delete_users("one", "ids.csv").value("numDeleted", 0), 3);
    EXPECT_EQ(count("interactions"), 2);
    EXPECT_THAT(rows("INTERACTIONS"), HasSubstr("s-bob"));
    EXPECT_THAT(rows("INTERACTIONS"), Not(HasSubstr("s-ann")));
}

TEST_F(DeletionJobs, WaitForAnImportIntoTheDataset) {
    std::string many;
    for (int i = 0; i < 5'000; ++i) many += "ann,i" + std::to_string(i) + ",1,watch,,,,\n";
    put("many.csv", interaction_header + many);
    create_import("many", "INTERACTIONS", "many.csv");
    begin_work();
    ASSERT_TRUE(work_.step());
    put("ids.csv", "USER_ID\nann\n");
    EXPECT_EQ(delete_users("one", "ids.csv").value("numDeleted", 0), 5'000);
    EXPECT_EQ(count("interactions"), 0);
}

/// A world whose rows a reset brings back.
class DeletionsFromFixtures : public DeletionJobs {
protected:
    DeletionsFromFixtures() : DeletionJobs(fixture_rows()) {}
};

TEST_F(DeletionsFromFixtures, TakeRowsThatFixturesHaveGiven) {
    put("ids.csv", "USER_ID\nann\n");
    EXPECT_EQ(delete_users("one", "ids.csv").value("numDeleted", 0), 3);
    EXPECT_EQ(rows("USERS"), "{\"USER_ID\":\"bob\"}\n{\"USER_ID\":\"cleo\"}\n");
    EXPECT_EQ(rows("INTERACTIONS"),
              "{\"USER_ID\":\"bob\",\"ITEM_ID\":\"a\",\"TIMESTAMP\":3,\"EVENT_TYPE\":\"watch\"}\n"
              "{\"USER_ID\":\"cleo\",\"ITEM_ID\":\"c\",\"TIMESTAMP\":4,\"EVENT_TYPE\":\"watch\"}\n");
    EXPECT_EQ(count("users"), 2);
    EXPECT_EQ(count("interactions"), 2);
    put("ids.csv", "USER_ID\nbob\n");
    EXPECT_EQ(delete_users("two", "ids.csv").value("numDeleted", 0), 2);
    EXPECT_EQ(count("interactions"), 1);
}

TEST_F(DeletionsFromFixtures, LeaveTheRowsOfCopiesAlone) {
    const std::string other = "222222222222";
    ASSERT_EQ(control("POST", "/_local/reset?account=" + other).status, 200);
    const auto users_of_other = [&] {
        return control("GET", "/_local/health?account=" + other).body["rows"].value("users", -1);
    };
    const int before = users_of_other();
    put("ids.csv", "USER_ID\nann\n");
    EXPECT_EQ(delete_users("one", "ids.csv").value("numDeleted", 0), 3);
    EXPECT_EQ(users_of_other(), before);
}

}  // namespace
}  // namespace plocal::jobs
