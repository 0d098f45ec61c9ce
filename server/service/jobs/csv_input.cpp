#include "server/service/jobs/csv_input.h"

#include <string>
#include <string_view>
#include <utility>

namespace plocal::jobs {
namespace {

constexpr std::string_view unfit_rows =
    "Input csv has rows that do not conform to the dataset schema. Please ensure all required data fields are present "
    "and that they are of the type specified in the schema.";

/// Pieces of an object, whose bytes are counted.
class CountedPieces : public base::Pieces {
public:
    CountedPieces(std::unique_ptr<base::Pieces> pieces, Progress& progress)
        : pieces_(std::move(pieces)), progress_(progress) {}

    std::string_view next() override {
        const std::string_view piece = pieces_->next();
        progress_.bytes += static_cast<std::int64_t>(piece.size());
        return piece;
    }

private:
    std::unique_ptr<base::Pieces> pieces_;
    Progress& progress_;
};

}  // namespace

CsvInput::CsvInput(s3::ObjectStore& store, std::vector<s3::ObjectName> files, const data::Columns& columns,
                   s3::Access access, Progress& progress)
    : store_(store), files_(std::move(files)), columns_(columns), access_(std::move(access)), progress_(progress) {}

void CsvInput::open() {
    pieces_ = std::make_unique<CountedPieces>(store_.read(files_[file_], access_), progress_);
    rows_.emplace(*pieces_, columns_);
}

bool CsvInput::next(data::Row& row) {
    for (; file_ < files_.size(); ++file_) {
        if (!rows_) open();
        if (rows_->next(row)) {
            ++progress_.lines;
            return true;
        }
        rows_.reset();
        ++progress_.files;
    }
    return false;
}

SliceEnd CsvInput::refuse(const data::BadRow& bad, JobContext& context) const {
    ++context.progress.errors;
    const data::RowProblem& problem = bad.problem();
    const bool is_documented = (problem.row == 0 && problem.column.empty()) || data::is_too_long(problem);
    context.failure_reason = is_documented ? problem.text : std::string(unfit_rows);
    context.detail = files_[file_].url() + ": " + bad.what();
    return SliceEnd::failed;
}

}  // namespace plocal::jobs
