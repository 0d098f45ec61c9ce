#include "storage/base_copy.h"

#include <algorithm>

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

// SQLite reads all of the rows before it inserts the first one.
constexpr sqlite::Sql copy_interactions = R"(
    INSERT INTO interaction (row_set, time_s, batch, place, user_id, item_id, event_type, event_value, event_id,
        session_id, cells)
    SELECT ?1, time_s, ?2, place, user_id, item_id, event_type, event_value, event_id, session_id, cells
    FROM interaction INDEXED BY interaction_by_batch
    WHERE batch = ?3 AND place > COALESCE(
        (SELECT MAX(place) FROM interaction INDEXED BY interaction_by_batch WHERE batch = ?2), -1)
    ORDER BY batch, place LIMIT ?4)";

constexpr sqlite::Sql copy_data_rows = R"(
    INSERT INTO data_row (row_set, id, batch, cells)
    SELECT ?1, id, ?2, cells FROM data_row INDEXED BY data_row_by_batch
    WHERE batch = ?3 AND id > COALESCE(
        (SELECT MAX(id) FROM data_row INDEXED BY data_row_by_batch WHERE batch = ?2), '')
    ORDER BY batch, id LIMIT ?4)";

}  // namespace

bool BaseCopy::step(std::size_t limit) {
    if (!copies_) {
        copies_.emplace();
        for (const ListedBatch& batch : batches_of_bases()) copies_->push_back({batch.id, 0});
    }
    if (next_ == copies_->size()) {
        finish();
        return false;
    }
    Copy& copy = (*copies_)[next_];
    if (copy.target == 0) copy.target = begin_batch(copy.source);
    if (!copy_rows(copy, limit)) ++next_;
    return true;
}

std::vector<ListedBatch> BaseCopy::batches_of_bases() {
    std::vector<ListedBatch> list = batches_.list(sets_.get(set_));
    std::erase_if(list, [this](const ListedBatch& batch) { return batch.set == set_; });
    return list;
}

std::int64_t BaseCopy::begin_batch(std::int64_t source) {
    Statement insert(database_, R"(
        INSERT INTO row_batch (row_set, made_by, made_ms) SELECT ?, made_by, made_ms FROM row_batch WHERE id = ?)");
    insert.bind_all(set_, source);
    insert.run();
    const std::int64_t id = database_.last_insert_id();
    sweep_.spare(id, owner_);
    return id;
}

/// Returns false if there was nothing left to copy.
bool BaseCopy::copy_rows(const Copy& copy, std::size_t limit) {
    const bool are_interactions = sets_.get(set_).kind.ends_with("INTERACTIONS");
    Statement rows(database_, are_interactions ? copy_interactions : copy_data_rows);
    rows.bind_all(set_, copy.target, copy.source, limit);
    rows.run();
    return database_.changes() > 0;
}

/// Shows the copies where their originals are shown now, and only then lets go of the base.
void BaseCopy::finish() {
    for (const ListedBatch& batch : batches_of_bases()) {
        const auto copy = std::ranges::find(*copies_, batch.id, &Copy::source);
        if (copy == copies_->end()) continue;
        Statement show(database_, "UPDATE row_batch SET revision = ?, until = ? WHERE id = ?");
        show.bind_all(batch.shown.revision, batch.shown.until, copy->target);
        show.run();
        sweep_.release(copy->target);
    }
    sets_.drop_base(set_);
    batches_.forget();
    sweep_.note_hidden();
}

}  // namespace plocal::storage
