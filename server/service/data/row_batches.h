// Writes batches of typed rows. On the thread that owns the store; every call may throw SqlError and needs a
// transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "server/base/instant.h"
#include "server/service/data/cell.h"
#include "server/service/data/dataset.h"
#include "storage/row_set.h"
#include "storage/store.h"

namespace plocal::data {

/// An interaction as the events service takes it.
struct Event {
    Row row;
    std::optional<std::string> event_type = {};  // where the schema has no column for it
    std::optional<std::string> event_id = {};
    std::optional<std::string> session_id = {};
};

/// A row in the form in which it is stored.
struct StoredRow {
    Row row;
    std::string cells;  // those without a place of their own, as JSON; "" for none of an interaction
};

/// Sets the cells of a stored row from its row. Pure.
void write_stored_cells(const Columns& columns, StoredRow& row);

/// Adds rows to an open batch. Events of a dataset without interactions are rows like any other.
void add_rows(storage::Store& store, storage::RowBatch& batch, const Columns& columns, std::span<const Row> rows);
void add_rows(storage::Store& store, storage::RowBatch& batch, const Columns& columns, std::span<const StoredRow> rows);
void add_rows(storage::Store& store, storage::RowBatch& batch, const Columns& columns, std::span<const Event> events);

/// Puts items, users or actions, which replace those of the same id, as one batch. They are seen once the delay has
/// passed; what they replace is removed where nothing can read it any more. Returns the new revision of the dataset
/// group.
std::int64_t put_rows(storage::Store& store, const Dataset& dataset, std::span<const Row> rows, base::Instant at,
                      std::chrono::milliseconds delay = {});

/// Appends interactions as one batch. They are seen at once. Returns the new revision of the dataset group.
std::int64_t put_events(storage::Store& store, const Dataset& dataset, std::span<const Event> events, base::Instant at);

}  // namespace plocal::data
