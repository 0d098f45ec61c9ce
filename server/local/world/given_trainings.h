// What solution versions and recommenders know that documents give as trained: the rows that are there when their load
// is over. Stored in slices. On the thread that owns the world.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/base/instant.h"
#include "server/local/snapshot/fixture.h"
#include "storage/store.h"

namespace plocal::world {

/// A resource that was staged as trained.
struct GivenTraining {
    std::string arn;
    std::int64_t layer = 0;
    base::Instant loaded{};
};

/// Returns true where a fixture is trained, or its training begins with the load.
bool is_given_as_trained(const snapshot::Fixture& fixture);

class GivenTrainings {
public:
    /// Nothing is given.
    GivenTrainings() = default;

    explicit GivenTrainings(std::vector<GivenTraining> given) : given_(std::move(given)) {}

    /// Stores some of the trainings, whose resources must be visible. Leaves out those that have one, and those whose
    /// dataset group has no rows. Returns whether there are more. Throws SqlError.
    bool step(storage::Store& store);

private:
    void store_one(storage::Store& store, const GivenTraining& given);
    std::optional<std::int64_t> known_revision(storage::Store& store, const std::string& group);

    std::vector<GivenTraining> given_;
    std::size_t next_ = 0;
    std::map<std::string, std::optional<std::int64_t>> revisions_;  // by group: nothing for one without rows
};

}  // namespace plocal::world
