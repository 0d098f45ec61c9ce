#include "server/base/parallel.h"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::base {
namespace {

using testing::Each;

TEST(ForEachIndex, CallsOnceForEachIndex) {
    for (const std::size_t count :
         {std::size_t{0}, std::size_t{1}, std::size_t{31}, std::size_t{64}, std::size_t{1'001}}) {
        std::vector<std::atomic<int>> calls(count);
        for_each_index(count, 3, [&](std::size_t i) { ++calls[i]; });
        for (const std::atomic<int>& each : calls) ASSERT_EQ(each.load(), 1) << count;
    }
}

TEST(ForEachIndex, MakesFewCallsOnTheCallingThread) {
    std::vector<std::thread::id> threads(10);
    for_each_index(threads.size(), 4, [&](std::size_t i) { threads[i] = std::this_thread::get_id(); });
    EXPECT_THAT(threads, Each(std::this_thread::get_id()));
}

TEST(ForEachIndex, MakesManyCallsOnSeveralThreads) {
    std::atomic<bool> is_elsewhere = false;
    const std::thread::id here = std::this_thread::get_id();
    for_each_index(1'000, 2, [&](std::size_t) {
        if (std::this_thread::get_id() != here) is_elsewhere = true;
        while (!is_elsewhere) std::this_thread::yield();
    });
    EXPECT_TRUE(is_elsewhere);
}

TEST(ForEachIndex, ThrowsWhatACallHasThrownOnceAllAreMade) {
    constexpr std::size_t count = 500;
    std::atomic<std::size_t> calls = 0;
    const auto work = [&](std::size_t i) {
        ++calls;
        if (i == 250) throw std::runtime_error("the call 250");
    };
    EXPECT_THAT([&] { for_each_index(count, 4, work); }, testing::ThrowsMessage<std::runtime_error>("the call 250"));
    EXPECT_EQ(calls, count);
}

}  // namespace
}  // namespace plocal::base
