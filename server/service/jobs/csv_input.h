// The rows of a job's CSV files, one after another, read while the store sends them. On a thread of the queue.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "server/base/pieces.h"
#include "server/service/data/cell.h"
#include "server/service/data/columns.h"
#include "server/service/data/csv_rows.h"
#include "server/service/jobs/job.h"
#include "server/service/s3/object_store.h"

namespace plocal::jobs {

class CsvInput {
public:
    /// Store, columns and progress must outlive the input. Bytes, lines and files are counted as they are read.
    CsvInput(s3::ObjectStore& store, std::vector<s3::ObjectName> files, const data::Columns& columns, s3::Access access,
             Progress& progress);

    /// Reads the next row. Returns false behind the last one of the last file. Throws data::BadRow, s3::StoreError and
    /// s3::Aborted, after which nothing more may be read.
    bool next(data::Row& row);

    /// Says in the context why a job fails that cannot take a row of this input, and where the row is.
    SliceEnd refuse(const data::BadRow& bad, JobContext& context) const;

private:
    void open();

    s3::ObjectStore& store_;
    std::vector<s3::ObjectName> files_;
    const data::Columns& columns_;
    s3::Access access_;
    Progress& progress_;
    std::size_t file_ = 0;  // that is read
    std::unique_ptr<base::Pieces> pieces_;
    std::optional<data::CsvRows> rows_;  // nothing between two files
};

}  // namespace plocal::jobs
