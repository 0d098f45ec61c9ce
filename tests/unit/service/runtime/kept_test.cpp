#include "server/service/runtime/kept.h"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::runtime {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t bytes_of_a_number = 100;
constexpr int no_number = 0;  // cannot be made

/// Makes a number in so many parts; another one unless each page was taken in before the next was read.
class NumberMaking : public Making {
public:
    NumberMaking(int number, bool is_training) : number_(number), is_training_(is_training) {}

    bool read(storage::Store&) override {
        if (is_page_left_) number_ = -1;
        is_page_left_ = true;
        return --pages_ > 0;
    }
    void take_in() override {
        if (number_ == no_number) throw std::runtime_error("no number");
        is_page_left_ = false;
    }
    bool compute() override { return --parts_ > 0; }
    bool is_training() const override { return is_training_; }
    std::shared_ptr<const void> take() override { return std::make_shared<const int>(is_page_left_ ? -1 : number_); }
    std::size_t memory_bytes() const override { return bytes_of_a_number; }

private:
    int number_;
    bool is_training_;
    bool is_page_left_ = false;
    int pages_ = 2;
    int parts_ = 3;
};

class KeptNumbers : public testing::Test {
protected:
    /// Asks for a number as a request does. Returns nothing where it is not made yet.
    std::shared_ptr<const int> ask(const std::string& key, int number = 1, bool is_training = true) {
        kept_.begin_request();
        try {
            return kept_.find<int>(key, [&] {
                ++begun_;
                return std::make_unique<NumberMaking>(number, is_training);
            });
        } catch (const NotMade& missing) {
            is_made_by_job_ = missing.is_made_by_job;
            return nullptr;
        }
    }

    /// Asks for a number that is made at once.
    int ask_at_once(const std::string& key, int number, const std::string& subject = {}) {
        kept_.begin_request();
        const auto make = [&] {
            ++begun_;
            return std::pair(std::make_shared<const int>(number), bytes_of_a_number);
        };
        return *kept_.find_or_make<int>(key, make, subject);
    }

    void make(const std::string& key) {
        while (kept_.make(store_, key, Kept::Moment())) {
        }
    }

    /// Makes it as a job does.
    void work(const std::string& key) {
        Kept::Read read;
        while (!read.is_all) {
            read = kept_.read(store_, key);
            read.making->take_in();
        }
        while (read.making->compute()) {
        }
        kept_.finish(key);
    }

    storage::Store store_{":memory:"};
    Kept kept_{3 * bytes_of_a_number};
    int begun_ = 0;
    bool is_made_by_job_ = false;
};

TEST_F(KeptNumbers, AreMadeOnce) {
    EXPECT_EQ(ask("a", 7), nullptr);
    EXPECT_FALSE(is_made_by_job_);
    EXPECT_EQ(ask("a", 7), nullptr);
    make("a");
    EXPECT_EQ(*ask("a", 8), 7);
    EXPECT_EQ(begun_, 1);
}

TEST_F(KeptNumbers, AreBegunAgainWhereTheirRowsCouldNotBeTakenIn) {
    ask("a", no_number, false);
    EXPECT_THROW(make("a"), std::runtime_error);
    ask("a", 7, false);
    make("a");
    EXPECT_EQ(*ask("a"), 7);
    EXPECT_EQ(begun_, 2);
}

TEST_F(KeptNumbers, AreDroppedWhereTheyTakeTooMuchMemory) {
    for (const char* key : {"a", "b", "c"}) {
        ask(key);
        make(key);
    }
    ask("a");
    ask("d");
    make("d");
    EXPECT_EQ(kept_.memory_bytes(), 3 * bytes_of_a_number);
    EXPECT_NE(ask("a"), nullptr);
    EXPECT_EQ(ask("b"), nullptr) << "was not used for the longest time";
}

TEST_F(KeptNumbers, ThatAreMadeAtOnceAreKeptUntilTheyAreDropped) {
    EXPECT_EQ(ask_at_once("a", 7), 7);
    EXPECT_EQ(ask_at_once("a", 8), 7);
    for (const char* const key : {"b", "c", "d"}) ask_at_once(key, 1);
    EXPECT_EQ(ask_at_once("a", 8), 8);
    EXPECT_EQ(begun_, 5);
}

TEST_F(KeptNumbers, MakeWayForALaterOneOfTheirSubject) {
    ask_at_once("a at 1", 7, "a");
    ask_at_once("b at 1", 8, "b");
    ask_at_once("a at 2", 9, "a");
    EXPECT_EQ(kept_.memory_bytes(), 2 * bytes_of_a_number);
    EXPECT_EQ(ask_at_once("b at 1", 0, "b"), 8);
    EXPECT_EQ(ask_at_once("a at 1", 10, "a"), 10);
    EXPECT_EQ(kept_.memory_bytes(), 2 * bytes_of_a_number);
}

TEST_F(KeptNumbers, ThatAreNotUsedBetweenTwoCallsAreDropped) {
    ask_at_once("a", 7);
    ask_at_once("b", 8);
    kept_.drop_unused();
    EXPECT_EQ(ask_at_once("a", 0), 7);
    kept_.drop_unused();
    EXPECT_EQ(kept_.memory_bytes(), bytes_of_a_number);
    EXPECT_EQ(ask_at_once("a", 0), 7);
    kept_.drop_unused();
    kept_.drop_unused();
    EXPECT_EQ(kept_.memory_bytes(), 0U);
}

TEST_F(KeptNumbers, AreMadeAgainOnceTheyAreDropped) {
    for (const char* key : {"a", "b", "c", "d"}) {
        ask(key);
        make(key);
    }
    EXPECT_EQ(ask("a"), nullptr);
    make("a");
    EXPECT_NE(ask("a"), nullptr);
}

TEST_F(KeptNumbers, ThatTakeLongAreLeftToJobsWhereThereAreAny) {
    kept_.leave_trainings_to_jobs();
    EXPECT_EQ(ask("a", 7), nullptr);
    EXPECT_TRUE(is_made_by_job_);
    EXPECT_EQ(ask("b", 8, false), nullptr);
    EXPECT_FALSE(is_made_by_job_) << "it is no training";
    ask("a", 7);
    EXPECT_THAT(kept_.take_for_jobs(), ElementsAre("a"));
    EXPECT_THAT(kept_.take_for_jobs(), IsEmpty());
    EXPECT_TRUE(kept_.make(store_, "a", Kept::Moment())) << "the job makes it";
    work("a");
    EXPECT_EQ(*ask("a"), 7);
}

TEST_F(KeptNumbers, ThatAJobFailsToMakeFailTheRequestAndAreBegunAgain) {
    kept_.leave_trainings_to_jobs();
    ask("a");
    kept_.fail("a", "no memory");
    EXPECT_FALSE(kept_.make(store_, "a", Kept::Moment()));
    EXPECT_THROW(ask("a"), std::runtime_error);
    EXPECT_EQ(ask("a"), nullptr);
    EXPECT_EQ(begun_, 2);
    EXPECT_THAT(kept_.take_for_jobs(), ElementsAre("a", "a"));
}

}  // namespace
}  // namespace plocal::runtime
