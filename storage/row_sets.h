// Stores row sets and the revisions of dataset groups. Which rows of a set are seen, its batches decide: see batches.h.
// On the thread that owns the database. Every call may throw SqlError; calls of several statements need a transaction.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"
#include "storage/kept_row_sets.h"
#include "storage/layer_repository.h"
#include "storage/row_set.h"
#include "storage/row_sweep.h"

namespace plocal::storage {

/// The dataset to which a set belongs.
struct RowSetOwner {
    std::string arn;
    std::string dataset_group;
    std::string kind;
    std::string account;
};

class RowSets {
public:
    /// All must outlive the repository.
    RowSets(sqlite::Database& database, LayerRepository& layers, RowSweep& sweep)
        : database_(database), layers_(layers), sweep_(sweep), kept_(database) {}

    /// To be called whenever layers have become visible or were dropped.
    void forget() { kept_.forget(); }

    /// Returns the set that a dataset shows, or nothing where it never had rows.
    std::optional<RowSet> find(std::string_view arn);

    /// The same for a set in a layer, visible or not.
    std::optional<RowSet> find_in(std::int64_t layer, std::string_view arn);

    /// Returns the set of this id, which must exist.
    RowSet get(std::int64_t id);

    /// Returns the set that takes what is written to a dataset: the one it shows, where that may change, else a new one
    /// on top of it.
    RowSet writable(const RowSetOwner& owner);

    /// The same where a set that others show too is left to them: a new one on top of it takes its place.
    RowSet separate(const RowSetOwner& owner);

    /// Returns true if another set shows the rows of this one.
    bool is_base(std::int64_t set);

    /// Takes the base from a set that has all rows of its own.
    void drop_base(std::int64_t set);

    /// Adds a set without rows of its own in a layer, which must have none of this dataset. With a base it shows what
    /// the base shows now.
    RowSet add(const RowSetOwner& owner, std::int64_t layer, const std::optional<RowSet>& base);

    /// Takes all rows from a dataset of an account. `sweep` removes them. Does nothing for any other ARN.
    void drop(std::string_view arn, std::string_view account);

    /// Returns true if a dataset shows the rows of this set, which may be the base of the one that it shows.
    bool is_shown(std::string_view arn, std::int64_t set);

    /// Returns what is seen of a set at a revision of its group.
    RowView view(const RowSet& set, std::int64_t revision);

    /// Returns what is seen of a set now and, so far as its own batches go, at any later moment.
    RowView view(const RowSet& set) { return view(set, std::numeric_limits<std::int64_t>::max()); }

    /// Returns the revision of a dataset group: 0 before its first batch.
    std::int64_t revision(std::string_view dataset_group);

    /// Returns the latest revision of a dataset group whose batch bears a moment before this one; 0 for none.
    std::int64_t revision_before(std::string_view dataset_group, base::Instant moment);

    /// Raises the revision of the set's group by one and returns it. Where the set's layer is invisible, so is that.
    std::int64_t raise(const RowSet& set);

    /// Raises the revision of a dataset group in an invisible layer to this one, where it is lower.
    void raise_to(std::string_view dataset_group, std::int64_t layer, std::int64_t revision);

    /// Raises the revisions that an invisible layer has given above those of the visible ones, and returns by how much,
    /// by dataset group; groups whose revisions stay are left out. To be called before the layer is shown.
    std::map<std::string, std::int64_t> lift(std::int64_t layer);

    /// Replaces the counts of a set, and from which revision on its base's bulk rows are hidden.
    void save(const RowSet& set);

private:
    RowSet insert(const RowSetOwner& owner, std::int64_t layer, const std::optional<RowSet>& base,
                  std::optional<std::int64_t> base_revision);
    bool is_live(const RowSet& set);
    std::int64_t revision_of(const RowSet& set);
    std::int64_t revision_in(std::string_view dataset_group, std::int64_t layer);
    void store_revision(std::string_view dataset_group, std::int64_t layer, std::int64_t revision);

    sqlite::Database& database_;
    LayerRepository& layers_;
    RowSweep& sweep_;
    KeptRowSets kept_;
};

}  // namespace plocal::storage
