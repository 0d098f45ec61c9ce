// Stores batches: rows of one set that are shown, and hidden, as a whole. On the thread that owns the database. Every
// call may throw SqlError and, unless it says otherwise, needs a transaction.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "server/base/instant.h"
#include "storage/row_set.h"
#include "storage/row_sets.h"
#include "storage/row_sweep.h"

namespace plocal::storage {

/// A batch whose rows a dataset shows at some revision.
struct ListedBatch {
    std::int64_t id = 0;
    ShownBatch shown;
    std::int64_t set = 0;
};

class Batches {
public:
    /// All must outlive the repository.
    Batches(sqlite::Database& database, RowSets& sets, RowSweep& sweep)
        : database_(database), sets_(sets), sweep_(sweep) {}

    /// Begins a batch, which is not seen before `show`. `at` is the moment that it bears. It may be filled in several
    /// transactions. The result lives until it is shown or dropped. Of one set, one import at a time may be open. A
    /// batch with an owner is dropped once that is gone, which may be on any thread; without one, by `drop` alone.
    RowBatch& begin(const RowSet& set, RowOrigin origin, base::Instant at, ImportMode mode = ImportMode::incremental,
                    const std::shared_ptr<const void>& owner = nullptr);

    /// Returns true if an import into this set is open. Needs no transaction.
    bool has_open_import(std::int64_t set) const;

    /// Shows a batch under the next revision of its group, which is returned, and hides what it replaces. From now on
    /// it bears the moment `at`, where that is given: a training that began while it was filled does not know it. Costs
    /// as much for a million rows as for one.
    std::int64_t show(RowBatch& batch, std::optional<base::Instant> at = std::nullopt);

    /// Shows a batch of an invisible layer as it was shown before: under its own revision, and hidden where it was. The
    /// revision of its group is at least as high from now on.
    void restore(RowBatch& batch, const ShownBatch& shown);

    /// Returns the batches of a set and of its bases, as the set shows them, in the order of their revisions. Needs no
    /// transaction.
    std::vector<ListedBatch> list(const RowSet& set);

    /// Returns the moment of the latest records or events that a view shows: of those that are put until `last_put_ms`.
    /// The same rows are seen up to that moment alone.
    std::int64_t latest_put(const RowView& view);

    /// Returns the latest revision at which what a level of a view shows has changed; 0 where it never showed a row.
    /// The level must not be of an invisible layer, nor its revision above its group's unless it is the highest number.
    /// The result is kept. Needs no transaction.
    std::int64_t last_change(const RowLevel& level);

    /// Returns false if a level of a view shows no row, however many it has: reading it would pass all of them. The
    /// level is one of last_change(). The result is kept. Needs no transaction.
    bool shows_rows(const RowLevel& level);

    /// To be called whenever layers have become visible: the revisions of their batches may have changed.
    void forget();

    /// Lets go of a batch that is not shown. `sweep` removes its rows. Needs no transaction. A killed process drops its
    /// open batches.
    void drop(RowBatch& batch);

    /// Says that an id was put that open imports of its set hold too. `had_bulk`: it was seen as imported in bulk.
    void note_put(const std::vector<std::int64_t>& imports, bool had_bulk);

private:
    void check_kept();
    std::int64_t read_last_change(const RowLevel& level);
    bool read_shows_rows(const RowLevel& level);
    void close(const RowBatch& batch);
    void add_batches(std::int64_t set, std::int64_t last_revision, std::optional<std::int64_t> bulk_until,
                     std::vector<ListedBatch>& list);
    void hide_bulk(std::int64_t set, std::int64_t revision);

    sqlite::Database& database_;
    RowSets& sets_;
    RowSweep& sweep_;
    std::map<std::int64_t, RowBatch> open_;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> last_changes_;   // by set and revision
    std::map<std::tuple<std::int64_t, std::int64_t, bool>, bool> levels_showing_;  // by the parts of a level
    std::int64_t roll_backs_ = 0;                                                  // of the database, when these held
};

}  // namespace plocal::storage
