// Collects what documents say about the rows of their datasets, finds the schemas, and opens what is to be read. Pure
// but for the reading of files.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/base/pieces.h"
#include "server/local/snapshot/fixture.h"
#include "server/service/data/columns.h"
#include "server/service/data/restored_rows.h"
#include "server/service/data/row_source.h"
#include "storage/record.h"
#include "storage/row_sets.h"

namespace plocal::snapshot {

/// The rows of one dataset.
struct RowLoad {
    storage::RowSetOwner owner;
    data::Columns columns;
    std::vector<RowsInput> inputs;

    /// The same for the copies of a dataset for other accounts, which have the same rows.
    std::string key;
};

/// Rows that are being read.
struct OpenRows {
    std::unique_ptr<base::Pieces> pieces;  // of a file
    std::unique_ptr<data::RowSource> source;
    std::unique_ptr<data::RestoredRows> restored;  // instead, of a snapshot's batch
};

class RowLoads {
public:
    /// Notes datasets with their rows, and schemas.
    void note(const Fixture& fixture);

    /// Adds rows of datasets that were noted.
    void add(std::vector<RowsInput> inputs);

    /// Returns what is to be loaded, in order of the datasets' ARNs. Adds a problem for rows of an unknown dataset or
    /// schema. `find` returns a schema that was not noted, or nothing.
    /// Batches of a snapshot come first, in the order of their revisions.
    using Find = std::function<std::optional<storage::Record>(std::string_view arn)>;
    std::vector<RowLoad> take(const Find& find, std::vector<FixtureProblem>& problems);

    /// The revisions of dataset groups of snapshots, by ARN.
    const std::map<std::string, std::int64_t>& revisions() const { return revisions_; }

private:
    struct Noted {
        storage::Record record;
        base::Instant now{};  // of its account's clock, while it was read
        std::vector<RowsInput> inputs;
    };

    std::optional<data::Columns> columns_of(const Noted& dataset, const Find& find) const;

    std::map<std::string, Noted> datasets_;           // by ARN
    std::map<std::string, storage::Record> schemas_;  // by ARN
    std::map<std::string, std::int64_t> revisions_;
    std::vector<FixtureProblem> problems_;
};

/// Opens rows. Both must outlive the result. Throws std::system_error where a file cannot be read.
OpenRows open_rows(const RowsInput& input, const data::Columns& columns);

/// Reads the next row. Returns false at the end, and where reading cannot go on. Adds a problem for a bad row, which is
/// left out: the row is empty then. Rows of a snapshot's batch have what only events have.
bool read_row(const RowsInput& input, const OpenRows& rows, data::Event& row, std::vector<FixtureProblem>& problems);

/// Returns the problem of a file that cannot be read.
FixtureProblem unreadable(const RowsInput& input, const std::string& reason);

}  // namespace plocal::snapshot
