// Reads the rows of datasets that documents bring, in steps, and stores them in the layers of their datasets. On the
// thread that owns the world.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/local/snapshot/row_loads.h"
#include "server/local/world/staging.h"
#include "server/service/data/row_import.h"
#include "server/service/lifecycle/clocks.h"
#include "storage/row_set.h"
#include "storage/store.h"

namespace plocal::world {

class RowLoading {
public:
    /// A place for the rows of datasets; without one they are read for their problems alone.
    struct Target {
        storage::Store& store;
        Staging& staging;
        lifecycle::ClockReadings& readings;
    };

    /// Sets of rows, by the key of the load that has read them.
    using Sets = std::map<std::string, storage::RowSet>;

    /// What the target refers to must outlive this. `revisions` are those of dataset groups of snapshots, by ARN. Loads
    /// whose key `read` has share these sets, which must not change any more, and are not read.
    RowLoading(std::vector<snapshot::RowLoad> loads, std::map<std::string, std::int64_t> revisions,
               std::optional<Target> target, Sets read = {});

    /// Reads some rows. From the first problem on, nothing more is stored. Returns false once all have been read.
    /// Throws SqlError.
    bool step(std::vector<snapshot::FixtureProblem>& problems);

    /// Returns what was given and read, once all has been read.
    Sets take_sets() { return std::move(sets_); }

private:
    bool begin_dataset();
    bool open_input(std::vector<snapshot::FixtureProblem>& problems);
    void read_some(std::vector<snapshot::FixtureProblem>& problems);
    void end_input();
    void end_dataset();
    void raise_revisions();

    std::vector<snapshot::RowLoad> loads_;
    std::map<std::string, std::int64_t> revisions_;
    std::optional<Target> target_;
    std::size_t load_ = 0;   // that is being read
    std::size_t input_ = 0;  // of the load
    std::optional<snapshot::OpenRows> rows_;
    Sets sets_;                           // copies share them
    bool is_begun_ = false;               // the load has its set
    std::optional<storage::RowSet> set_;  // nothing where nothing is stored
    std::unique_ptr<data::RowImport> import_;
    std::vector<data::Event> batch_;
};

}  // namespace plocal::world
