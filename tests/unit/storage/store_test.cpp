#include "storage/store.h"

#include <csignal>
#include <functional>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/sqlite/error.h"
#include "tests/unit/storage/records.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

void add(Store& store, const std::string& name) {
    auto transaction = store.begin();
    store.resources().insert(job(name), {{"arn:" + name, true}});
    store.tags().put(job(name).arn, {{"k", name}});
    transaction.commit();
}

/// Another process that works on a store and then keeps it open, idle, until it is killed.
class OtherProcess {
public:
    OtherProcess(const std::string& path, const std::function<void(Store&)>& work) {
        int ends[2];
        if (pipe(ends) != 0) throw std::runtime_error("no pipe");
        child_ = fork();
        if (child_ == 0) run(path, work, ends[1]);
        close(ends[1]);
        char done = 0;
        is_done_ = read(ends[0], &done, 1) == 1;
        close(ends[0]);
    }
    ~OtherProcess() { kill_hard(); }
    OtherProcess(const OtherProcess&) = delete;
    OtherProcess& operator=(const OtherProcess&) = delete;

    /// True if the work ended without an exception.
    bool is_done() const { return is_done_; }

    void kill_hard() {
        if (child_ <= 0) return;
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
        child_ = 0;
    }

private:
    [[noreturn]] static void run(const std::string& path, const std::function<void(Store&)>& work, int acknowledge) {
        try {
            Store store(path);
            work(store);
            if (write(acknowledge, "!", 1) == 1) pause();
        } catch (...) {
        }
        _exit(1);
    }

    pid_t child_ = 0;
    bool is_done_ = false;
};

TEST(Store, KeepsEverythingInAFile) {
    const TemporaryFolder folder;
    {
        Store store(folder.file("x.db"));
        add(store, "a");
    }
    Store store(folder.file("x.db"));
    EXPECT_TRUE(store.resources().find(job("a").arn));
    EXPECT_TRUE(store.resources().is_assumed("arn:a"));
    EXPECT_EQ(store.tags().list(job("a").arn).size(), 1U);
}

TEST(Store, KnowsItsPath) {
    const TemporaryFolder folder;
    EXPECT_EQ(Store(":memory:").path(), ":memory:");
    EXPECT_EQ(Store(folder.file("x.db")).path(), folder.file("x.db"));
}

TEST(Store, RefusesAFileThatAnotherProcessHasOpen) {
    const TemporaryFolder folder;
    OtherProcess other(folder.file("x.db"), [](Store& store) { add(store, "theirs"); });
    ASSERT_TRUE(other.is_done());
    try {
        Store store(folder.file("x.db"));
        FAIL() << "it was opened twice";
    } catch (const sqlite::OpenError& error) {
        EXPECT_TRUE(error.is_busy());
        EXPECT_THAT(error.what(), HasSubstr("is open in another process"));
    }
    other.kill_hard();
    Store store(folder.file("x.db"));
    EXPECT_TRUE(store.resources().find(job("theirs").arn));
}

TEST(Store, KeepsCommittedDataAfterItsProcessIsKilled) {
    const TemporaryFolder folder;
    OtherProcess other(folder.file("x.db"), [](Store& store) {
        for (int i = 0; i < 100; ++i) add(store, std::to_string(i));
    });
    ASSERT_TRUE(other.is_done());
    other.kill_hard();
    Store store(folder.file("x.db"));
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(store.resources().find(job(std::to_string(i)).arn)) << i;
    EXPECT_EQ(store.counts().by_kind().at("batchInferenceJob"), 100);
}

TEST(Store, DropsUncommittedDataAfterItsProcessIsKilled) {
    const TemporaryFolder folder;
    OtherProcess other(folder.file("x.db"), [](Store& store) {
        add(store, "committed");
        // Never rolled back: the process is killed while the transaction is open.
        new sqlite::Transaction(store.begin());
        for (int i = 0; i < 5000; ++i) store.resources().insert(job(std::to_string(i)), {});
    });
    ASSERT_TRUE(other.is_done());
    other.kill_hard();
    Store store(folder.file("x.db"));
    EXPECT_EQ(store.counts().by_kind().at("batchInferenceJob"), 1);
    EXPECT_TRUE(store.resources().find(job("committed").arn));
}

TEST(Store, RollsBackAFailedTransaction) {
    Store store(":memory:");
    add(store, "before");
    const auto fail = [&] {
        const auto transaction = store.begin();
        store.resources().remove(*store.resources().find(job("before").arn));
        store.tags().remove(job("before").arn);
        store.resources().insert(job("after"), {});
        throw std::runtime_error("enough");
    };
    EXPECT_THROW(fail(), std::runtime_error);
    EXPECT_TRUE(store.resources().find(job("before").arn));
    EXPECT_FALSE(store.resources().find(job("after").arn));
    EXPECT_EQ(store.tags().list(job("before").arn).size(), 1U);
}

}  // namespace
}  // namespace plocal::storage
