#include "server/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace plocal::base {
namespace {

// For fewer calls than this a thread is not worth its start.
constexpr std::size_t fewest_for_thread = 32;

constexpr std::size_t taken_at_once = 8;

}  // namespace

unsigned most_threads() {
    constexpr unsigned most = 4;
    return std::clamp(std::thread::hardware_concurrency(), 1U, most);
}

void for_each_index(std::size_t count, unsigned most, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::exception_ptr thrown;
    const auto take = [&] {
        for (std::size_t from = next.fetch_add(taken_at_once); from < count; from = next.fetch_add(taken_at_once)) {
            for (std::size_t i = from; i < std::min(from + taken_at_once, count); ++i) {
                try {
                    work(i);
                } catch (...) {
                    const std::lock_guard lock(mutex);
                    thrown = std::current_exception();
                }
            }
        }
    };
    std::vector<std::thread> helpers;
    const std::size_t threads = std::min<std::size_t>(most, count / fewest_for_thread);
    try {
        while (helpers.size() + 1 < threads) helpers.emplace_back(take);
    } catch (const std::system_error&) {  // the others do its share
    }
    take();
    for (std::thread& helper : helpers) helper.join();
    if (thrown) std::rethrow_exception(thrown);
}

}  // namespace plocal::base
