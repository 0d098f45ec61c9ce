#include "server/service/data/row_import.h"

#include <utility>

#include "server/service/data/row_batches.h"

namespace plocal::data {

using storage::Store;

RowsAreGone::RowsAreGone() : std::runtime_error("the rows of the dataset were dropped during the import") {}

RowImport::RowImport(Store& store, const Dataset& dataset, storage::ImportMode mode, base::Instant at)
    : store_(store), columns_(dataset.columns), owner_(&dataset.owner), mode_(mode), at_(at) {}

RowImport::RowImport(Store& store, storage::RowSet set, const Columns& columns, base::Instant at)
    : store_(store), columns_(columns), set_(std::move(set)), at_(at) {}

RowImport::~RowImport() {
    give_up();
}

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
        batch_ = &store_.batches().begin(set, storage::RowOrigin::bulk, at_, mode_);
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
    for (std::size_t i = 0; i < rows_in_a_step; ++i) {
        if (!source.next(row_)) return false;
        add_row(store_, *batch_, columns_, row_);
        ++count_;
    }
    return true;
}

void RowImport::add(std::span<const Row> rows) {
    guarded([&] {
        begin();
        for (const Row& row : rows) add_row(store_, *batch_, columns_, row);
        return true;
    });
    count_ += static_cast<std::int64_t>(rows.size());
}

Imported RowImport::finish() {
    begin();
    storage::RowBatch& batch = *std::exchange(batch_, nullptr);
    return {count_, store_.batches().show(batch)};
}

}  // namespace plocal::data
