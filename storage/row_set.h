// The rows of a dataset as plain values: their set, what of it is seen, and the batches in which they come. Any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"

namespace plocal::storage {

/// How a batch came: imported in bulk, put as records, or put as events.
enum class RowOrigin { bulk, put, event };

/// Returns "bulk", "put" or "event".
std::string_view name_of(RowOrigin origin);

/// Returns nothing for any other name.
std::optional<RowOrigin> origin_named(std::string_view name);

/// The ids or interactions of a set that are seen now, by how they came.
struct RowCounts {
    std::int64_t bulk = 0;
    std::int64_t put = 0;   // as records or events
    std::int64_t both = 0;  // ids that came both ways

    std::int64_t total() const { return bulk + put - both; }

    bool operator==(const RowCounts&) const = default;
};

/// The set whose rows another one shows too, as they were at a revision.
struct RowBase {
    std::int64_t set = 0;
    std::int64_t revision = 0;

    bool operator==(const RowBase&) const = default;
};

struct RowSet {
    std::int64_t id = 0;  // set by the repository
    std::string arn;      // of the dataset
    std::int64_t layer = 0;
    std::string dataset_group;  // its ARN, which has the revisions
    std::string kind;           // the dataset's type: "ITEMS"
    std::optional<RowBase> base;
    std::optional<std::int64_t> base_bulk_until;  // the revision that hides what the base has imported in bulk
    RowCounts counts;
};

/// What of one set is seen.
struct RowLevel {
    std::int64_t set = 0;
    std::int64_t revision = 0;
    bool is_without_bulk = false;
};

/// What is seen of a dataset: its own set, then the set's base, that one's base, and so on.
struct RowView {
    std::vector<RowLevel> levels;
    std::int64_t last_put_ms = std::numeric_limits<std::int64_t>::max();  // later records and events are not seen yet
};

/// What an import does to the rows that were imported in bulk before: replaces all of them, or those of the same id.
enum class ImportMode { full, incremental };

/// How a batch came, when, and at which revisions of its group it is seen.
struct ShownBatch {
    RowOrigin origin = RowOrigin::put;
    base::Instant at{};
    std::int64_t revision = 0;
    std::optional<std::int64_t> until = {};  // nothing while it is seen

    bool operator==(const ShownBatch&) const = default;
};

/// A batch that is being filled.
struct RowBatch {
    std::int64_t id = 0;
    std::int64_t set = 0;
    RowOrigin origin = RowOrigin::put;
    ImportMode mode = ImportMode::incremental;  // for bulk
    RowView seen;                               // what is seen of the set beside it
    std::int64_t rows = 0;    // ids or interactions in it, but for ids that are seen by the same origin
    std::int64_t both = 0;    // ids that come the other way too
    std::int64_t places = 0;  // given to interactions
};

}  // namespace plocal::storage
