#include "server/service/data/row_batches.h"

#include <string_view>

#include "server/service/data/stored_cells.h"

namespace plocal::data {
namespace {

using storage::RowBatch;
using storage::RowOrigin;
using storage::Store;

std::optional<std::string_view> text_in(const Row& row, std::optional<std::size_t> column) {
    const auto* const text = column ? std::get_if<std::string>(&row[*column]) : nullptr;
    return text == nullptr ? std::nullopt : std::optional<std::string_view>(*text);
}

storage::InteractionRow interaction_of(const Columns& columns, const Row& row) {
    storage::InteractionRow interaction{.user_id = std::get<std::string>(row[columns.user()]),
                                        .item_id = std::get<std::string>(row[columns.item()]),
                                        .event_type = text_in(row, columns.event_type()),
                                        .time_s = std::get<std::int64_t>(row[columns.time()])};
    if (const auto value = columns.event_value(); value && !is_null(row[*value])) {
        interaction.event_value = std::get<double>(row[*value]);
    }
    return interaction;
}

/// The further cells; of interactions "" for none, which most have.
void write_further_cells(const Columns& columns, const Row& row, std::string& cells) {
    write_cells(columns, row, cells);
    if (columns.are_interactions() && cells == "{}") cells.clear();
}

void add_with_cells(Store& store, RowBatch& batch, const Columns& columns, const Row& row, std::string_view cells) {
    if (!columns.are_interactions()) {
        store.rows().add(batch, std::get<std::string>(row[columns.id()]), cells);
        return;
    }
    storage::InteractionRow interaction = interaction_of(columns, row);
    interaction.cells = cells;
    store.interactions().add(batch, interaction);
}

}  // namespace

void write_stored_cells(const Columns& columns, StoredRow& row) {
    write_further_cells(columns, row.row, row.cells);
}

void add_stored_row(Store& store, RowBatch& batch, const Columns& columns, const StoredRow& row) {
    add_with_cells(store, batch, columns, row.row, row.cells);
}

void add_row(Store& store, RowBatch& batch, const Columns& columns, const Row& row) {
    std::string cells;
    write_further_cells(columns, row, cells);
    add_with_cells(store, batch, columns, row, cells);
}

void add_event(Store& store, RowBatch& batch, const Columns& columns, const Event& event) {
    if (!columns.are_interactions()) return add_row(store, batch, columns, event.row);
    std::string cells;
    write_further_cells(columns, event.row, cells);
    storage::InteractionRow interaction = interaction_of(columns, event.row);
    if (!interaction.event_type) interaction.event_type = event.event_type;
    interaction.event_id = event.event_id;
    interaction.session_id = event.session_id;
    interaction.cells = cells;
    store.interactions().add(batch, interaction);
}

std::int64_t put_rows(Store& store, const Dataset& dataset, std::span<const Row> rows, base::Instant at,
                      std::chrono::milliseconds delay) {
    const storage::RowSet set = store.row_sets().writable(dataset.owner);
    RowBatch& batch = store.batches().begin(set, RowOrigin::put, at);
    for (const Row& row : rows) add_row(store, batch, dataset.columns, row);
    const std::int64_t revision = store.batches().show(batch);
    for (const Row& row : rows) {
        store.replaced_rows().remove(set, std::get<std::string>(row[dataset.columns.id()]), at, delay);
    }
    return revision;
}

std::int64_t put_events(Store& store, const Dataset& dataset, std::span<const Event> events, base::Instant at) {
    RowBatch& batch = store.batches().begin(store.row_sets().writable(dataset.owner), RowOrigin::event, at);
    for (const Event& event : events) add_event(store, batch, dataset.columns, event);
    return store.batches().show(batch);
}

}  // namespace plocal::data
