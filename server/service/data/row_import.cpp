#include "server/service/data/row_import.h"

#include <utility>

namespace plocal::data {

using storage::Store;

RowsAreGone::RowsAreGone() : std::runtime_error("the rows of the dataset were dropped during the import") {}

RowImport::RowImport(Store& store, const Dataset& dataset, storage::ImportMode mode, base::Instant at)
    : store_(store), columns_(dataset.columns), owner_(&dataset.owner), mode_(mode), at_(at) {}

RowImport::RowImport(Store& store, storage::RowSet set, const Columns& columns, base::Instant at)
    : store_(store), columns_(columns), set_(std::move(set)), at_(at) {}

RowImport::RowImport(Store& store, storage::RowSet set, const Columns& columns, const storage::ShownBatch& shown)
    : store_(store), columns_(columns), set_(std::move(set)), origin_(shown.origin), at_(shown.at), shown_(shown) {}

void RowImport::give_up() {
    if (batch_ != nullptr) store_.batches().drop(*std::exchange(batch_, nullptr));
}

bool RowImport::is_busy(Store& store, const storage::RowSetOwner& owner) {
    const auto set = store.row_sets().find(owner.arn);
    return set && store.batches().has_open_import(set->id);
}

/// Gives the batch up where a part of the work throws: a rolled back transaction may have begun it, and its id would
/// come back.
template <typename Part>
bool RowImport::guarded(Part part) {
    try {
        return part();
    } catch (...) {
        give_up();
        throw;
    }
}

/// Opens the batch, or requires that its set is still the one that takes what is written to the dataset.
void RowImport::begin() {
    if (batch_ == nullptr) {
        if (owner_ != nullptr && is_busy(store_, *owner_)) throw std::logic_error("two imports into " + owner_->arn);
        const storage::RowSet set = set_ ? *set_ : store_.row_sets().writable(*owner_);
        batch_ = &store_.batches().begin(set, origin_, at_, mode_, owner_of_batch_);
        return;
    }
    if (owner_ == nullptr) return;
    const auto set = store_.row_sets().find(owner_->arn);
    if (!set || set->id != batch_->set) throw RowsAreGone();
}

bool RowImport::step(RowSource& source) {
    storage::sqlite::Transaction transaction = store_.begin();
    const bool goes_on = guarded([&] { return add_from(source); });
    guarded([&] {
        transaction.commit();
        return true;
    });
    return goes_on;
}

bool RowImport::add_from(RowSource& source) {
    begin();
    rows_.resize(rows_in_a_step);
    std::size_t count = 0;
    while (count < rows_.size() && source.next(rows_[count])) ++count;
    add_rows(store_, *batch_, columns_, std::span<const Row>(rows_).first(count));
    count_ += static_cast<std::int64_t>(count);
    return count == rows_.size();
}

template <typename Added>
void RowImport::add_all(std::span<const Added> all) {
    guarded([&] {
        begin();
        add_rows(store_, *batch_, columns_, all);
        return true;
    });
    count_ += static_cast<std::int64_t>(all.size());
}

void RowImport::add(std::span<const Row> rows) {
    add_all(rows);
}

void RowImport::add(std::span<const StoredRow> rows) {
    add_all(rows);
}

void RowImport::add(std::span<const Event> events) {
    add_all(events);
}

Imported RowImport::finish(std::optional<base::Instant> at) {
    begin();
    storage::RowBatch& batch = *std::exchange(batch_, nullptr);
    if (!shown_) return {count_, store_.batches().show(batch, at)};
    store_.batches().restore(batch, *shown_);
    return {count_, shown_->revision};
}

}  // namespace plocal::data
