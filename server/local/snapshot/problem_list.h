// The problems of a run: the first ones in full, and the number of the others. Plain values.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "server/local/snapshot/document.h"

namespace plocal::snapshot {

class ProblemList {
public:
    static constexpr std::size_t most_kept = 1'000;

    void add(FixtureProblem problem) {
        ++count_;
        if (kept_.size() < most_kept) {
            kept_.push_back(std::move(problem));
        } else if (first_unlisted_.empty()) {
            first_unlisted_ = problem.place.source;
        }
    }

    bool empty() const { return count_ == 0; }
    std::size_t count() const { return count_; }

    /// Forgets all but the first `count` problems.
    void cut(std::size_t count) {
        count_ = count;
        if (kept_.size() > count) kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(count), kept_.end());
        if (count <= most_kept) first_unlisted_.clear();
    }

    /// The problems in order. The last one counts all of them where some are not listed.
    std::vector<FixtureProblem> list() const {
        std::vector<FixtureProblem> all = kept_;
        if (count_ > kept_.size()) {
            all.push_back({{first_unlisted_, ""},
                           "at most " + std::to_string(most_kept) + " problems",
                           std::to_string(count_) + ", of which the first ones are listed"});
        }
        return all;
    }

private:
    std::vector<FixtureProblem> kept_;
    std::size_t count_ = 0;
    std::string first_unlisted_;  // the source of the first problem that is not kept
};

}  // namespace plocal::snapshot
