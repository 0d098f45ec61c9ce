// Runs random walks of any type of step. A walk that fails is shortened and printed with its seed; the environment
// variable PLOCAL_WALK_SEED runs that walk alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace plocal::support {

template <typename Step>
struct Walks {
    std::vector<Step> (*random_walk)(std::uint64_t seed);
    /// Returns the first difference of a walk, or an empty text. Sets `taken` to the number of steps taken.
    std::string (*find_difference)(const std::vector<Step>& walk, bool has_file, std::size_t& taken);
    std::string (*to_text)(const std::vector<Step>& walk);
    bool has_file = false;
};

/// Shortens a walk that fails: removes steps, first many at a time and then single ones, as long as it still fails.
template <typename Step>
std::vector<Step> shortest(const Walks<Step>& walks, std::vector<Step> walk) {
    std::size_t taken = 0;
    for (std::size_t size = walk.size() / 2; size > 0;) {
        bool is_shorter = false;
        for (std::size_t i = 0; i + size <= walk.size();) {
            std::vector<Step> less = walk;
            const auto first = less.begin() + static_cast<std::ptrdiff_t>(i);
            less.erase(first, first + static_cast<std::ptrdiff_t>(size));
            if (walks.find_difference(less, walks.has_file, taken).empty()) {
                i += size;
                continue;
            }
            less.resize(taken);
            walk = std::move(less);
            is_shorter = true;
        }
        if (size > 1 || !is_shorter) size /= 2;
    }
    return walk;
}

template <typename Step>
void walk_once(const Walks<Step>& walks, std::uint64_t seed) {
    std::vector<Step> walk = walks.random_walk(seed);
    std::size_t taken = 0;
    if (walks.find_difference(walk, walks.has_file, taken).empty()) return;
    walk.resize(taken);
    walk = shortest(walks, std::move(walk));
    FAIL() << "PLOCAL_WALK_SEED=" << seed << (walks.has_file ? " with a file" : "") << ": "
           << walks.find_difference(walk, walks.has_file, taken) << " after" << walks.to_text(walk);
}

/// Runs `count` walks, with seeds from `first` on. Stops at the first that fails.
template <typename Step>
void walk_from(const Walks<Step>& walks, std::uint64_t first, std::uint64_t count) {
    if (const char* const seed = std::getenv("PLOCAL_WALK_SEED")) {
        return walk_once(walks, std::strtoull(seed, nullptr, 10));
    }
    for (std::uint64_t seed = first; seed < first + count && !testing::Test::HasFailure(); ++seed) {
        walk_once(walks, seed);
    }
}

}  // namespace plocal::support
