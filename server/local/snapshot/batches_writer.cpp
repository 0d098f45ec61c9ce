#include "server/local/snapshot/batches_writer.h"

#include <utility>

#include "server/local/snapshot/batches_input.h"
#include "server/service/data/restored_rows.h"

namespace plocal::snapshot {
namespace {

constexpr std::size_t rows_of_a_part = 250;

std::vector<storage::ListedBatch> batches_of(storage::Store& store, const data::Dataset& dataset) {
    const auto set = store.row_sets().find(dataset.owner.arn);
    return set ? store.batches().list(*set) : std::vector<storage::ListedBatch>();
}

}  // namespace

BatchesWriter::BatchesWriter(storage::Store& store, data::Dataset dataset, base::Instant now)
    : store_(store),
      dataset_(std::move(dataset)),
      now_(now),
      hold_(store.hold_rows()),
      batches_(batches_of(store_, dataset_)) {}

std::size_t BatchesWriter::step(std::string& out) {
    if (batch_ == batches_.size()) return 0;
    if (!is_begun_) {
        out += batch_ == 0 ? "[\n    " : ",\n    ";
        begin_batch(batches_[batch_].shown, now_, out);
        is_begun_ = true;
    }
    const std::size_t count = write_rows(out);
    if (count == rows_of_a_part) return count;
    out += "]}";
    is_begun_ = false;
    has_rows_ = false;
    last_id_.clear();
    last_place_ = -1;
    ++batch_;
    if (batch_ == batches_.size()) out += ']';
    return count + 1;
}

/// Writes rows of the batch. Returns their number: less than a part at the end.
std::size_t BatchesWriter::write_rows(std::string& out) {
    const std::int64_t batch = batches_[batch_].id;
    if (dataset_.columns.are_interactions()) {
        const auto write = [&](const storage::InteractionRow& row, const storage::InteractionPosition& position) {
            begin_row(out);
            data::append_restorable(dataset_.columns, row, out);
            last_place_ = position.place;
            return true;
        };
        return store_.interactions().scan_batch(batch, last_place_, rows_of_a_part, write);
    }
    return store_.rows().scan_batch(batch, last_id_, rows_of_a_part, [&](std::string_view id, std::string_view cells) {
        begin_row(out);
        data::append_restorable(dataset_.columns, id, cells, out);
        last_id_ = id;
    });
}

void BatchesWriter::begin_row(std::string& out) {
    out += std::exchange(has_rows_, true) ? ",\n      " : "\n      ";
}

}  // namespace plocal::snapshot
