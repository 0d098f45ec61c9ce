#include "storage/resource_repository.h"

#include <gmock/gmock.h>

#include "storage/store.h"
#include "tests/unit/storage/records.h"

namespace plocal::storage {
namespace {

using base::Instant;
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
    ResourceCounts& counts_ = store_.counts();
    DueRepository& due_ = store_.due();
};

TEST_F(Resources, CanBeFoundAfterInsertion) {
    Record record = under(job("a"), "arn:parent");
    record.document = R"({"jobName":"ünïcode 😀","note":"\u0000"})";
    record.created = at_ms(-5);
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

TEST_F(Resources, CannotBeFoundIfTheyWereNeverInserted) {
    insert(job("a"));
    EXPECT_FALSE(resources_.find(job("b").arn));
    EXPECT_FALSE(resources_.find(""));
}

TEST_F(Resources, KeepTheFirstIfAnArnIsTaken) {
    ASSERT_TRUE(insert(job("a"), {{"arn:x", false}}));
    Record second = job("a");
    second.document = "{}";
    EXPECT_FALSE(insert(second, {{"arn:y", true}}));
    EXPECT_EQ(resources_.find(second.arn)->document, job("a").document);
    EXPECT_THAT(resources_.references(second.arn), ElementsAre(Reference{"arn:x", false}));
    EXPECT_THAT(counts_.by_kind(), ElementsAre(Pair("batchInferenceJob", 1)));
}

TEST_F(Resources, SaveEveryFieldThatCanChange) {
    insert(job("a"));
    insert(job("b"));
    Record changed = *resources_.find(job("a").arn);
    changed.parent = "arn:parent";
    changed.document = R"({"jobName":"a","numResults":3})";
    changed.timeline.polls_taken = 1;
    changed.stable = {"ACTIVE", at_ms(77)};
    changed.update = R"({"numResults":4})";
    changed.due = at_ms(88);
    resources_.save(changed);
    const auto after = resources_.find(changed.arn);
    EXPECT_EQ(after->id, changed.id);
    EXPECT_EQ(after->parent, changed.parent);
    EXPECT_EQ(after->document, changed.document);
    EXPECT_EQ(after->timeline, changed.timeline);
    EXPECT_EQ(after->stable, changed.stable);
    EXPECT_EQ(after->update, changed.update);
    EXPECT_EQ(after->due, changed.due);
    EXPECT_EQ(resources_.find(job("b").arn)->timeline, job("b").timeline);
}

TEST_F(Resources, CannotBeSavedBeforeTheyAreInserted) {
    Record absent = job("absent");
    absent.id = 77;
    EXPECT_THROW(resources_.save(absent), std::logic_error);
}

TEST_F(Resources, AreRemovedWithTheirReferences) {
    insert(job("a"), {{"arn:z", true}});
    insert(job("b"));
    const Record removed = resources_.find(job("a").arn).value();
    resources_.remove(removed);
    EXPECT_FALSE(resources_.find(job("a").arn));
    EXPECT_FALSE(resources_.is_assumed("arn:z"));
    EXPECT_THAT(counts_.by_kind(), ElementsAre(Pair("batchInferenceJob", 1)));
    resources_.remove(removed);
    EXPECT_THAT(counts_.by_kind(), ElementsAre(Pair("batchInferenceJob", 1)));
}

TEST_F(Resources, CanReplaceTheirReferences) {
    insert(job("a"), {{"arn:y", true}, {"arn:z", false}});
    resources_.replace_references(resources_.find(job("a").arn)->id, {{"arn:x", false}});
    EXPECT_THAT(resources_.references(job("a").arn), ElementsAre(Reference{"arn:x", false}));
    EXPECT_THAT(resources_.referrers("arn:y", "batchInferenceJob"), IsEmpty());
    ASSERT_EQ(resources_.referrers("arn:x", "batchInferenceJob").size(), 1u);
    EXPECT_EQ(resources_.referrers("arn:x", "batchInferenceJob").front().arn, job("a").arn);
    EXPECT_THAT(resources_.referrers("arn:x", "campaign"), IsEmpty());
}

TEST_F(Resources, BecomeDueInOrderOfTime) {
    const std::string& account = job("a").owner.account;
    for (const char* const name : {"late", "early", "never"}) {
        Record record = job(name);
        if (name[0] != 'n') record.due = at_ms(name[0] == 'e' ? 50 : 90);
        insert(record);
    }
    EXPECT_THAT(due_.earliest(), ElementsAre(Pair(account, at_ms(50))));
    EXPECT_EQ(due_.first(account, at_ms(49)), std::nullopt);
    Record first = *due_.first(account, at_ms(50));
    EXPECT_EQ(first.name, "early");
    first.due = at_ms(40);
    resources_.save(first);
    EXPECT_THAT(due_.earliest(), ElementsAre(Pair(account, at_ms(40))));
    first.due.reset();
    resources_.save(first);
    EXPECT_EQ(due_.first(account, at_ms(99))->name, "late");
    EXPECT_THAT(due_.earliest(), ElementsAre(Pair(account, at_ms(40)))) << "the change may still be rolled back";
    due_.refresh(account);
    EXPECT_THAT(due_.earliest(), ElementsAre(Pair(account, at_ms(90))));
    resources_.remove(*resources_.find(job("late").arn));
    due_.refresh(account);
    EXPECT_THAT(due_.earliest(), IsEmpty());
    EXPECT_EQ(due_.first("999999999999", at_ms(99)), std::nullopt);
}

TEST_F(Resources, ReturnTheirReferences) {
    insert(job("a"), {{"arn:z", true}, {"arn:b", false}, {"arn:z", true}});
    insert(job("b"), {{"arn:c", false}});
    EXPECT_THAT(resources_.references(job("a").arn), ElementsAre(Reference{"arn:b", false}, Reference{"arn:z", true}));
    EXPECT_THAT(resources_.references("arn:none"), IsEmpty());
}

TEST_F(Resources, ReportWhetherAnArnIsAssumedToExist) {
    insert(job("a"), {{"arn:assumed", true}, {"arn:present", false}});
    insert(job("b"), {{"arn:assumed", false}});
    EXPECT_TRUE(resources_.is_assumed("arn:assumed"));
    EXPECT_FALSE(resources_.is_assumed("arn:present"));
    EXPECT_FALSE(resources_.is_assumed("arn:none"));
}

TEST_F(Resources, AreCountedByKindOverAllAccounts) {
    EXPECT_THAT(counts_.by_kind(), IsEmpty());
    insert(job("a"));
    insert(of(job("b"), {"222222222222", "us-east-1"}));
    Record other = job("c");
    other.kind = "filter";
    insert(other);
    EXPECT_THAT(counts_.by_kind(), ElementsAre(Pair("batchInferenceJob", 2), Pair("filter", 1)));
}

TEST_F(Resources, AreCountedByTheirStableStatus) {
    Record a = job("a");
    a.stable = {"ACTIVE", at_ms(50)};
    Record b = job("b");
    b.stable = {"CREATE FAILED", at_ms(90)};
    insert(a);
    insert(b);
    const auto counted = [this] {
        std::vector<std::string> lines;
        for (const StatusCount& each : counts_.by_stable_status()) {
            lines.push_back(each.kind + " " + each.account + " " + each.status + " " + std::to_string(each.count));
        }
        return lines;
    };
    const std::string of_jobs = "batchInferenceJob " + a.owner.account + " ";
    EXPECT_THAT(counted(), ElementsAre(of_jobs + "ACTIVE 1", of_jobs + "CREATE FAILED 1"));
    Record changed = *resources_.find(b.arn);
    changed.stable = {"ACTIVE", at_ms(90)};
    resources_.save(changed);
    EXPECT_THAT(counted(), ElementsAre(of_jobs + "ACTIVE 2"));
    for (const std::string& arn : {a.arn, b.arn}) resources_.remove(*resources_.find(arn));
    EXPECT_THAT(counted(), IsEmpty());
}

TEST_F(Resources, AreListedWhileTheirStatusIsNotStable) {
    for (const char* const name : {"a", "b", "c"}) {
        Record record = job(name);
        if (name[0] != 'c') record.stable = {std::string("STABLE ") + name, at_ms(name[0] == 'a' ? 90 : 50)};
        insert(record);
    }
    const auto in_transition = [this](Instant now, std::size_t limit) {
        std::vector<std::string> statuses;
        for (const ResourceInTransition& each : counts_.in_transition(job("a").owner.account, now, limit)) {
            statuses.push_back(each.stable_status);
        }
        return statuses;
    };
    EXPECT_THAT(in_transition(at_ms(0), 9), ElementsAre("STABLE b", "STABLE a"));
    EXPECT_THAT(in_transition(at_ms(0), 1), ElementsAre("STABLE b"));
    EXPECT_THAT(in_transition(at_ms(50), 9), ElementsAre("STABLE a"));
    EXPECT_THAT(in_transition(at_ms(90), 9), IsEmpty());
    EXPECT_THAT(counts_.in_transition("999999999999", at_ms(0), 9), IsEmpty());
}

TEST_F(Resources, ReportOnceWhichWereSaved) {
    insert(job("a"));
    EXPECT_THAT(resources_.take_changed(), IsEmpty());
    resources_.save(*resources_.find(job("a").arn));
    EXPECT_THAT(resources_.take_changed(), ElementsAre(job("a").arn));
    EXPECT_THAT(resources_.take_changed(), IsEmpty());
}

TEST_F(Resources, AreNotCountedAfterARollback) {
    insert(job("a"));
    {
        const auto transaction = store_.begin();
        resources_.insert(job("b"), {{"arn:assumed", true}});
        EXPECT_THAT(counts_.by_kind(), ElementsAre(Pair("batchInferenceJob", 2)));
    }
    EXPECT_THAT(counts_.by_kind(), ElementsAre(Pair("batchInferenceJob", 1)));
    EXPECT_FALSE(resources_.find(job("b").arn));
    EXPECT_FALSE(resources_.is_assumed("arn:assumed"));
}

}  // namespace
}  // namespace plocal::storage
