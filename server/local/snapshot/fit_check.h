// Checks that fixtures which name each other fit together, as a Create checks it. Remembers sixteen bytes of each batch
// job with a filter, and what it needs of filters, solution versions and solutions. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/local/snapshot/fixture.h"
#include "server/local/snapshot/problem_list.h"

namespace plocal::snapshot {

class FitCheck {
public:
    /// Notes a fixture. The keys of different fixtures must differ.
    void note(const Fixture& fixture, FixtureKey key);

    /// Adds a problem for each noted batch job whose filter belongs to another dataset group than its solution version.
    /// Judges only jobs whose solution version, filter and dataset group have all been noted. `place_of` returns the
    /// place of a fixture.
    void finish(ProblemList& problems, const std::function<Location(FixtureKey)>& place_of) const;

private:
    /// A filter and a solution version that jobs use together.
    struct Pair {
        std::string filter;
        std::string solution_version;
    };
    struct Use {
        FixtureKey job;
        std::uint32_t pair = 0;
    };

    std::uint32_t number_of(const std::string& filter, const std::string& solution_version);

    std::unordered_map<std::string, storage::Record> records_;  // by ARN, with what the check needs
    std::unordered_map<std::string, std::uint32_t> numbers_;    // of pairs
    std::vector<Pair> pairs_;
    std::vector<Use> uses_;
};

}  // namespace plocal::snapshot
