// The rows of a dataset export as CSV, page by page: what a dataset shows at one revision, of one origin or of all,
// exact duplicates once. Holds a page in memory, and the rows of one id or of one second of a user.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "server/service/data/cell.h"
#include "server/service/data/columns.h"
#include "server/service/data/row_writer.h"
#include "server/service/jobs/job.h"
#include "storage/interaction_repository.h"
#include "storage/row_repository.h"
#include "storage/row_set.h"
#include "storage/store.h"

namespace plocal::jobs {

class ExportedRows {
public:
    /// `mode` is "BULK", "ALL" or, with any other text, "PUT". The columns must outlive the rows.
    ExportedRows(const data::Columns& columns, storage::RowView view, std::string_view mode);

    /// Appends the names of the columns.
    void write_header(std::string& out) const { writer_.begin(out); }

    /// Reads the next page, in less than a millisecond. Returns false behind the last one. On the thread that owns the
    /// store. Throws SqlError.
    bool read_page(storage::Store& store);

    /// Appends the page as CSV, and counts its lines. On any thread. Throws base::JsonError if a row is damaged.
    void write_page(std::string& out, Progress& progress);

private:
    struct Read {
        std::string id;  // of an item or user, or the user of an interaction
        std::string item;
        std::optional<std::string> event_type;
        std::optional<double> event_value;
        std::int64_t time_s = 0;
        std::string cells;
    };

    void read_interactions(storage::Store& store);
    void read_rows(storage::Store& store);
    Read& next_place();
    void fill(const Read& read);
    bool is_new(const Read& read);

    const data::Columns& columns_;
    storage::RowView view_;
    bool has_newest_alone_;  // of each id
    data::RowWriter writer_;
    storage::UserPosition last_interaction_;
    storage::RowRepository::Version last_row_;
    std::vector<Read> page_;
    std::size_t count_ = 0;  // of the page
    data::Row row_;
    std::string line_;
    std::string group_id_;  // equal rows have the same id and second
    std::int64_t group_time_s_ = 0;
    std::unordered_set<std::string> group_;  // the lines of this id and second
};

}  // namespace plocal::jobs
