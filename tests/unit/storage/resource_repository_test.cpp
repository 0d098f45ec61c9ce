#include "storage/resource_repository.h"

#include <gmock/gmock.h>

#include "storage/store.h"
#include "tests/unit/storage/records.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class Resources : public testing::Test {
protected:
    bool insert(const Record& record, const std::vector<Reference>& references = {}) {
        auto transaction = store_.begin();
        const bool is_new = resources_.insert(record, references);
        transaction.commit();
        return is_new;
    }

    Store store_{":memory:"};
    ResourceRepository& resources_ = store_.resources();
};

TEST_F(Resources, FindsWhatWasInserted) {
    Record record = under(job("a"), "arn:parent");
    record.document = R"({"jobName":"ünïcode 😀","note":"\u0000"})";
    record.created = moment(-5);
    record.timeline.failure_reason = "two\nlines";
    ASSERT_TRUE(insert(record));
    const auto found = resources_.find(record.arn);
    ASSERT_TRUE(found);
    EXPECT_GT(found->id, 0);
    EXPECT_EQ(found->owner, record.owner);
    EXPECT_EQ(found->kind, record.kind);
    EXPECT_EQ(found->arn, record.arn);
    EXPECT_EQ(found->name, record.name);
    EXPECT_EQ(found->parent, record.parent);
    EXPECT_EQ(found->document, record.document);
    EXPECT_EQ(found->created, record.created);
    EXPECT_EQ(found->timeline, record.timeline);
}

TEST_F(Resources, FindsNothingWhereNothingIs) {
    insert(job("a"));
    EXPECT_FALSE(resources_.find(job("b").arn));
    EXPECT_FALSE(resources_.find(""));
}

TEST_F(Resources, LeavesTheFirstWhereAnArnIsTaken) {
    ASSERT_TRUE(insert(job("a"), {{"arn:x", false}}));
    Record second = job("a");
    second.document = "{}";
    EXPECT_FALSE(insert(second, {{"arn:y", true}}));
    EXPECT_EQ(resources_.find(second.arn)->document, job("a").document);
    EXPECT_THAT(resources_.references(second.arn), ElementsAre(Reference{"arn:x", false}));
    EXPECT_THAT(resources_.counts(), ElementsAre(Pair("batchInferenceJob", 1)));
}

TEST_F(Resources, SavesATimelineAndNothingElse) {
    insert(job("a"));
    insert(job("b"));
    const auto before = resources_.find(job("a").arn);
    Timeline timeline = before->timeline;
    timeline.looks_taken = 1;
    resources_.save_timeline(before->arn, timeline, {"ACTIVE", moment(77)});
    const auto after = resources_.find(before->arn);
    EXPECT_EQ(after->timeline, timeline);
    EXPECT_EQ(after->document, before->document);
    EXPECT_EQ(after->id, before->id);
    EXPECT_EQ(resources_.find(job("b").arn)->timeline, job("b").timeline);
}

TEST_F(Resources, RefusesATimelineOfNobody) {
    EXPECT_THROW(resources_.save_timeline("arn:none", {}, {}), std::logic_error);
}

TEST_F(Resources, TellsWhatAResourceNames) {
    insert(job("a"), {{"arn:z", true}, {"arn:b", false}, {"arn:z", true}});
    insert(job("b"), {{"arn:c", false}});
    EXPECT_THAT(resources_.references(job("a").arn), ElementsAre(Reference{"arn:b", false}, Reference{"arn:z", true}));
    EXPECT_THAT(resources_.references("arn:none"), IsEmpty());
}

TEST_F(Resources, TellsWhetherAnArnIsTakenToExist) {
    insert(job("a"), {{"arn:assumed", true}, {"arn:present", false}});
    insert(job("b"), {{"arn:assumed", false}});
    EXPECT_TRUE(resources_.is_assumed("arn:assumed"));
    EXPECT_FALSE(resources_.is_assumed("arn:present"));
    EXPECT_FALSE(resources_.is_assumed("arn:none"));
}

TEST_F(Resources, CountsByKindOverAllAccounts) {
    EXPECT_THAT(resources_.counts(), IsEmpty());
    insert(job("a"));
    insert(of(job("b"), {"222222222222", "us-east-1"}));
    Record other = job("c");
    other.kind = "filter";
    insert(other);
    EXPECT_THAT(resources_.counts(), ElementsAre(Pair("batchInferenceJob", 2), Pair("filter", 1)));
}

TEST_F(Resources, CountsByTheStatusThatTimeTakesThemTo) {
    Record a = job("a");
    a.rest = {"ACTIVE", moment(50)};
    Record b = job("b");
    b.rest = {"CREATE FAILED", moment(90)};
    insert(a);
    insert(b);
    const auto told = [this] {
        std::vector<std::string> lines;
        for (const StatusCount& each : resources_.counts_at_rest()) {
            lines.push_back(each.kind + " " + each.account + " " + each.status + " " + std::to_string(each.count));
        }
        return lines;
    };
    const std::string of_jobs = "batchInferenceJob " + a.owner.account + " ";
    EXPECT_THAT(told(), ElementsAre(of_jobs + "ACTIVE 1", of_jobs + "CREATE FAILED 1"));
    resources_.save_timeline(b.arn, b.timeline, {"ACTIVE", moment(90)});
    EXPECT_THAT(told(), ElementsAre(of_jobs + "ACTIVE 2"));
    resources_.clear(a.owner.account);
    EXPECT_THAT(told(), IsEmpty());
}

TEST_F(Resources, FindsThoseThatAreNotAtRest) {
    for (const char* const name : {"a", "b", "c"}) {
        Record record = job(name);
        if (name[0] != 'c') record.rest = {std::string("AT REST ") + name, moment(name[0] == 'a' ? 90 : 50)};
        insert(record);
    }
    const auto moving = [this](Instant now, std::size_t limit) {
        std::vector<std::string> statuses;
        for (const Moving& each : resources_.moving(job("a").owner.account, now, limit)) {
            statuses.push_back(each.rest_status);
        }
        return statuses;
    };
    EXPECT_THAT(moving(moment(0), 9), ElementsAre("AT REST b", "AT REST a"));
    EXPECT_THAT(moving(moment(0), 1), ElementsAre("AT REST b"));
    EXPECT_THAT(moving(moment(50), 9), ElementsAre("AT REST a"));
    EXPECT_THAT(moving(moment(90), 9), IsEmpty());
    EXPECT_THAT(resources_.moving("999999999999", moment(0), 9), IsEmpty());
}

TEST_F(Resources, TellsOnceWhoseTimelinesWereSaved) {
    insert(job("a"));
    EXPECT_THAT(resources_.take_changed(), IsEmpty());
    resources_.save_timeline(job("a").arn, job("a").timeline, {});
    EXPECT_THAT(resources_.take_changed(), ElementsAre(job("a").arn));
    EXPECT_THAT(resources_.take_changed(), IsEmpty());
}

TEST_F(Resources, CountsNothingThatIsRolledBack) {
    insert(job("a"));
    {
        const auto transaction = store_.begin();
        resources_.insert(job("b"), {{"arn:assumed", true}});
        EXPECT_THAT(resources_.counts(), ElementsAre(Pair("batchInferenceJob", 2)));
    }
    EXPECT_THAT(resources_.counts(), ElementsAre(Pair("batchInferenceJob", 1)));
    EXPECT_FALSE(resources_.find(job("b").arn));
    EXPECT_FALSE(resources_.is_assumed("arn:assumed"));
}

TEST_F(Resources, ClearsResourcesReferencesAndCounts) {
    insert(job("a"), {{"arn:assumed", true}});
    resources_.clear();
    EXPECT_FALSE(resources_.find(job("a").arn));
    EXPECT_THAT(resources_.counts(), IsEmpty());
    EXPECT_FALSE(resources_.is_assumed("arn:assumed"));
    EXPECT_TRUE(insert(job("a")));
}

}  // namespace
}  // namespace plocal::storage
