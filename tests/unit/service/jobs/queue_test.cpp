#include "server/service/jobs/queue.h"

#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::jobs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

storage::Record record_named(const std::string& name, const std::string& kind = "datasetImportJob") {
    storage::Record record;
    record.kind = kind;
    record.name = name;
    return record;
}

/// A queue without threads, whose slices the test runs, and what it reports.
class QueueByHand : public testing::Test {
protected:
    /// A queue whose jobs write their names at each slice and end after so many.
    void open(int slices, std::size_t most_begun = 4) {
        const JobMaker maker = [this, slices](const storage::Record& record) -> Job {
            made_.push_back(record.name);
            return [this, name = record.name, left = slices](JobContext& context) mutable {
                slices_.push_back(name);
                ++context.progress.lines;
                return --left > 0 ? SliceEnd::unfinished : SliceEnd::done;
            };
        };
        open(maker, most_begun);
    }

    void open(const JobMaker& maker, std::size_t most_begun = 4) {
        queue_.emplace(JobMakers{{"datasetImportJob", maker}}, QueueLimits{.threads = 0, .most_begun = most_begun});
        queue_->connect(
            {[](const WorldTask&) { return true; }, [this](const JobEnd& end) { ends_.push_back(end); }, [] {}});
    }

    void run_all() {
        while (queue_->run_slice()) {
        }
    }

    std::optional<Queue> queue_;
    std::vector<std::string> made_;
    std::vector<std::string> slices_;
    std::vector<JobEnd> ends_;
};

TEST_F(QueueByHand, TakesSlicesOfItsJobsInTurn) {
    open(2);
    queue_->add(record_named("a"));
    queue_->add(record_named("b"));
    run_all();
    EXPECT_THAT(slices_, ElementsAre("a", "b", "a", "b"));
    EXPECT_EQ(queue_->size(), 0U);
}

TEST_F(QueueByHand, BeginsNoMoreJobsThanItsLimit) {
    open(2, 1);
    queue_->add(record_named("a"));
    queue_->add(record_named("b"));
    queue_->run_slice();
    EXPECT_THAT(made_, ElementsAre("a"));
    run_all();
    EXPECT_THAT(slices_, ElementsAre("a", "a", "b", "b"));
}

TEST_F(QueueByHand, ReportsTheEndWithItsProgress) {
    open(3);
    const Ticket ticket = queue_->add(record_named("a"));
    run_all();
    ASSERT_EQ(ends_.size(), 1U);
    EXPECT_EQ(ends_[0].ticket, ticket);
    EXPECT_FALSE(ends_[0].is_failed);
    EXPECT_EQ(ends_[0].progress.lines, 3);
}

TEST_F(QueueByHand, ReportsAFailureWithItsReason) {
    open([](const storage::Record&) -> Job {
        return [](JobContext& context) {
            context.failure_reason = "no such key";
            return SliceEnd::failed;
        };
    });
    queue_->add(record_named("a"));
    run_all();
    ASSERT_EQ(ends_.size(), 1U);
    EXPECT_TRUE(ends_[0].is_failed);
    EXPECT_EQ(ends_[0].failure_reason, "no such key");
}

TEST_F(QueueByHand, TakesAnExceptionForAFailure) {
    open([](const storage::Record&) -> Job { throw std::runtime_error("no roleArn"); });
    queue_->add(record_named("a"));
    run_all();
    ASSERT_EQ(ends_.size(), 1U);
    EXPECT_TRUE(ends_[0].is_failed);
    EXPECT_EQ(ends_[0].failure_reason, "no roleArn");
}

TEST_F(QueueByHand, RunsNoSliceOfAnAbortedJob) {
    open(2);
    const Ticket begun = queue_->add(record_named("a"));
    queue_->run_slice();
    const Ticket waiting = queue_->add(record_named("b"));
    queue_->abort(begun);
    queue_->abort(waiting);
    EXPECT_FALSE(queue_->run_slice());
    EXPECT_THAT(slices_, ElementsAre("a"));
    EXPECT_THAT(ends_, IsEmpty());
}

TEST_F(QueueByHand, ReportsNoEndOfAJobThatIsAbortedDuringItsSlice) {
    bool was_aborted = false;
    open([&](const storage::Record&) -> Job {
        return [&](JobContext& context) {
            queue_->abort(1);
            was_aborted = context.is_aborted();
            EXPECT_FALSE(context.run_in_world([](storage::Store&) { FAIL(); }));
            return SliceEnd::done;
        };
    });
    EXPECT_EQ(queue_->add(record_named("a")), 1U);
    run_all();
    EXPECT_TRUE(was_aborted);
    EXPECT_THAT(ends_, IsEmpty());
}

TEST_F(QueueByHand, BeginsAJobWithoutAResourceBeforeThoseThatWait) {
    open(3, 1);
    queue_->add(record_named("a"));
    queue_->add(record_named("b"));
    EXPECT_TRUE(queue_->run_slice());
    queue_->add([this](JobContext&) {
        slices_.push_back("own");
        return SliceEnd::done;
    });
    run_all();
    EXPECT_THAT(slices_, ElementsAre("a", "a", "own", "a", "b", "b", "b"));
    EXPECT_THAT(made_, ElementsAre("a", "b"));
}

TEST_F(QueueByHand, BeginsNothingOnceItHasStopped) {
    open(1);
    queue_->add(record_named("a"));
    queue_->stop();
    queue_->add(record_named("b"));
    EXPECT_FALSE(queue_->run_slice());
    EXPECT_THAT(made_, IsEmpty());
}

TEST(QueueOfThreads, RunsItsJobsAndItsAlarm) {
    std::promise<std::thread::id> ran;
    std::promise<void> alarmed;
    std::promise<void> reported;
    Queue queue({{"datasetImportJob", [&ran](const storage::Record&) -> Job {
                      return [&ran](JobContext&) {
                          ran.set_value(std::this_thread::get_id());
                          return SliceEnd::done;
                      };
                  }}});
    queue.connect({[](const WorldTask&) { return true; }, [&reported](const JobEnd&) { reported.set_value(); },
                   [&alarmed] { alarmed.set_value(); }});
    queue.start();
    queue.set_alarm(std::chrono::steady_clock::now());
    queue.add(record_named("a"));
    EXPECT_NE(ran.get_future().get(), std::this_thread::get_id());
    reported.get_future().get();
    alarmed.get_future().get();
    queue.stop();
    EXPECT_EQ(queue.size(), 0U);
}

TEST(QueueOfThreads, AbortsTheJobInItsSliceWhenItStops) {
    std::promise<void> begun;
    bool is_reported = false;
    Queue queue({{"datasetImportJob", [&begun](const storage::Record&) -> Job {
                      return [&begun](JobContext& context) {
                          begun.set_value();
                          while (!context.is_aborted()) std::this_thread::yield();
                          return SliceEnd::done;
                      };
                  }}});
    queue.connect(
        {[](const WorldTask&) { return true; }, [&is_reported](const JobEnd&) { is_reported = true; }, [] {}});
    queue.start();
    queue.add(record_named("a"));
    begun.get_future().get();
    queue.stop();
    EXPECT_FALSE(is_reported);
}

}  // namespace
}  // namespace plocal::jobs
