// Fixtures that would be other resources if they were loaded at another moment: their status still changes, or the
// service acts on them by itself. They are kept as texts, so that a reset loads them again without their documents.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "server/local/snapshot/fixture.h"

namespace plocal::world {

class MovingFixtures {
public:
    /// Keeps a fixture whose references have been looked up.
    void add(const snapshot::Fixture& fixture);

    std::size_t bytes() const { return bytes_; }

    /// Returns false if there were more than are kept.
    bool are_all_kept() const { return are_all_kept_; }

    /// Returns the fixtures `from` to `to`, counted from 0 in the order in which they were added, by the clocks and
    /// plans of `context`. Those beyond the last one are left out.
    std::vector<snapshot::Fixture> read(std::size_t from, std::size_t to, const snapshot::ReadContext& context) const;

private:
    static constexpr std::size_t most_bytes = 24 * 1024 * 1024;

    struct Entry {
        std::string kind;
        std::string text;     // as the document has it
        std::string account;  // of a copy; empty for the document as it was written
        std::vector<storage::Reference> references;
    };

    std::vector<Entry> entries_;
    std::size_t bytes_ = 0;
    bool are_all_kept_ = true;
};

}  // namespace plocal::world
