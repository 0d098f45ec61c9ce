#include "server/service/data/row_batches.h"

#include <string_view>
#include <vector>

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

const Row& row_of(const Row& row) {
    return row;
}
const Row& row_of(const StoredRow& row) {
    return row.row;
}
const Row& row_of(const Event& event) {
    return event.row;
}

/// Returns the cells as they are stored, made in `made` unless they are there.
std::string_view cells_of(const Columns& columns, const Row& row, std::string& made) {
    write_further_cells(columns, row, made);
    return made;
}
std::string_view cells_of(const Columns&, const StoredRow& row, std::string&) {
    return row.cells;
}
std::string_view cells_of(const Columns& columns, const Event& event, std::string& made) {
    return cells_of(columns, event.row, made);
}

void add_what_only_events_have(storage::InteractionRow&, const Row&) {}
void add_what_only_events_have(storage::InteractionRow&, const StoredRow&) {}
void add_what_only_events_have(storage::InteractionRow& interaction, const Event& event) {
    if (!interaction.event_type) interaction.event_type = event.event_type;
    interaction.event_id = event.event_id;
    interaction.session_id = event.session_id;
}

template <typename Each>
void add_all(Store& store, RowBatch& batch, const Columns& columns, std::span<const Each> all) {
    std::vector<std::string> made(all.size());
    if (!columns.are_interactions()) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto& id = std::get<std::string>(row_of(all[i])[columns.id()]);
            store.rows().add(batch, id, cells_of(columns, all[i], made[i]));
        }
        return;
    }
    std::vector<storage::InteractionRow> interactions;
    interactions.reserve(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        storage::InteractionRow& interaction = interactions.emplace_back(interaction_of(columns, row_of(all[i])));
        interaction.cells = cells_of(columns, all[i], made[i]);
        add_what_only_events_have(interaction, all[i]);
    }
    store.interactions().add(batch, interactions);
}

}  // namespace

void write_stored_cells(const Columns& columns, StoredRow& row) {
    write_further_cells(columns, row.row, row.cells);
}

void add_rows(Store& store, RowBatch& batch, const Columns& columns, std::span<const Row> rows) {
    add_all(store, batch, columns, rows);
}

void add_rows(Store& store, RowBatch& batch, const Columns& columns, std::span<const StoredRow> rows) {
    add_all(store, batch, columns, rows);
}

void add_rows(Store& store, RowBatch& batch, const Columns& columns, std::span<const Event> events) {
    add_all(store, batch, columns, events);
}

std::int64_t put_rows(Store& store, const Dataset& dataset, std::span<const Row> rows, base::Instant at,
                      std::chrono::milliseconds delay) {
    const storage::RowSet set = store.row_sets().writable(dataset.owner);
    RowBatch& batch = store.batches().begin(set, RowOrigin::put, at);
    add_rows(store, batch, dataset.columns, rows);
    const std::int64_t revision = store.batches().show(batch);
    for (const Row& row : rows) {
        store.replaced_rows().remove(set, std::get<std::string>(row[dataset.columns.id()]), at, delay);
    }
    return revision;
}

std::int64_t put_events(Store& store, const Dataset& dataset, std::span<const Event> events, base::Instant at) {
    RowBatch& batch = store.batches().begin(store.row_sets().writable(dataset.owner), RowOrigin::event, at);
    add_rows(store, batch, dataset.columns, events);
    return store.batches().show(batch);
}

}  // namespace plocal::data
