// Writes the batches of a dataset as a snapshot has them, step by step. On the thread that owns the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/base/instant.h"
#include "server/service/data/dataset.h"
#include "storage/batches.h"
#include "storage/store.h"

namespace plocal::snapshot {

class BatchesWriter {
public:
    /// The batches are those of this moment; `now` is that of the dataset's clock. The store must outlive the writer.
    BatchesWriter(storage::Store& store, data::Dataset dataset, base::Instant now);

    /// Returns true if the dataset has no batches.
    bool is_empty() const { return batches_.empty(); }

    /// Appends the next part of the list: some hundred rows at most. Returns their number, and at least 1 while there
    /// is more to write; 0 behind the end, where nothing is appended. Throws SqlError.
    std::size_t step(std::string& out);

private:
    std::size_t write_rows(std::string& out);
    void begin_row(std::string& out);

    storage::Store& store_;
    data::Dataset dataset_;
    base::Instant now_;
    std::shared_ptr<const void> hold_;  // the rows of the batches stay
    std::vector<storage::ListedBatch> batches_;
    std::size_t batch_ = 0;  // that is being written
    bool is_begun_ = false;  // it has its bracket
    bool has_rows_ = false;  // one of its rows was written
    std::string last_id_;    // of the batch: behind it the next row begins
    std::int64_t last_place_ = -1;
};

}  // namespace plocal::snapshot
