#include "server/service/jobs/import_job.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/service/data/row_import.h"
#include "server/service/jobs/attribution_report.h"
#include "server/service/jobs/csv_input.h"
#include "server/service/jobs/data_location.h"
#include "server/service/jobs/named_resource.h"

namespace plocal::jobs {
namespace {

using data::StoredRow;
using Time = std::chrono::steady_clock;
using storage::ImportMode;
using storage::Store;

class ImportJob {
public:
    ImportJob(const JobWorld& world, const storage::Record& record)
        : world_(world), record_(record), members_(base::parse_json(record.document)) {}

    SliceEnd slice(JobContext& context) {
        try {
            if (!import_ && !begin(context)) return SliceEnd::aborted;
            if (!import_) return wait();
            if (!input_) open(context);
            return read(context);
        } catch (const s3::Aborted&) {
            return SliceEnd::aborted;
        } catch (const data::BadRow& bad) {
            return input_->refuse(bad, context);
        }
    }

private:
    /// Takes the dataset, unless another import has it. Returns false where the job is aborted.
    bool begin(JobContext& context) {
        return context.run_in_world([this](Store& store) {
            world_.with_context([&](resources::Context& service, runtime::Runtime&) { take_dataset(store, service); });
        });
    }

    void take_dataset(Store& store, resources::Context& service) {
        dataset_.emplace(named_dataset(service, text_at(members_, "/datasetArn")));
        if (data::RowImport::is_busy(store, dataset_->owner)) return;
        if (!is_full()) require_bulk_rows(store);
        const base::Instant now = service.readings.now_of(dataset_->owner.account);
        import_.emplace(store, *dataset_, is_full() ? ImportMode::full : ImportMode::incremental, now);
        storage::sqlite::Transaction transaction = store.begin();
        import_->open();
        transaction.commit();
        if (members_.value("publishAttributionMetricsToS3", false)) {
            report_ = AttributionReport::find(service, *dataset_, is_full() ? "FULL" : "INCREMENTAL", now);
        }
    }

    bool is_full() const { return text_at(members_, "/importMode") != "INCREMENTAL"; }

    void require_bulk_rows(Store& store) const {
        const auto set = store.row_sets().find(dataset_->owner.arn);
        if (set && set->counts.bulk > 0) return;
        throw std::runtime_error(
            "The import mode must be FULL until the dataset has records that were imported in bulk.");
    }

    void open(JobContext& context) {
        const s3::Access access = access_of(record_, context);
        const InputLimits limits = find_limits(world_, context, dataset_->owner.account, "",
                                               is_full() ? "fullImportBytes" : "incrementalImportBytes");
        auto files = find_objects(world_.objects, text_at(members_, "/dataSource/dataLocation"), FolderPart::csv_files,
                                  access, limits);
        input_.emplace(world_.objects, std::move(files), dataset_->columns, access, context.progress);
    }

    /// Reads and stores rows for some milliseconds.
    SliceEnd read(JobContext& context) {
        constexpr std::chrono::milliseconds slice(5);
        const auto end = Time::now() + slice;
        do {
            const std::size_t count = read_rows();
            if (count == 0) return finish(context);
            Time::duration hold{};
            const bool has_run = context.run_in_world([&](Store& store) {
                const auto began = Time::now();
                storage::sqlite::Transaction transaction = store.begin();
                import_->add(std::span<const StoredRow>(rows_.data(), count));
                transaction.commit();
                for (std::size_t i = 0; report_ && i < count; ++i) report_->add(store, rows_[i].row);
                hold = Time::now() - began;
            });
            if (!has_run) return SliceEnd::aborted;
            adapt(hold);
        } while (Time::now() < end);
        return SliceEnd::unfinished;
    }

    /// A transaction of many rows costs less a row, but holds the world longer.
    void adapt(Time::duration hold) {
        constexpr std::chrono::microseconds short_hold(1'000);
        constexpr std::chrono::microseconds long_hold(1'500);
        constexpr std::size_t fewest = 25;
        constexpr std::size_t most = 1'000;
        if (hold < short_hold) rows_at_once_ = std::min(rows_at_once_ + rows_at_once_ / 4, most);
        if (hold > long_hold) rows_at_once_ = std::max(rows_at_once_ - rows_at_once_ / 4, fewest);
    }

    std::size_t read_rows() {
        rows_.resize(rows_at_once_);
        std::size_t count = 0;
        while (count < rows_.size() && input_->next(rows_[count].row)) {
            data::write_stored_cells(dataset_->columns, rows_[count]);
            ++count;
        }
        return count;
    }

    SliceEnd finish(JobContext& context) {
        if (import_->rows() == 0) {
            context.failure_reason =
                "The input has a header and no records: " + text_at(members_, "/dataSource/dataLocation");
            return SliceEnd::failed;
        }
        // The report comes first: where it cannot be written, the dataset keeps its rows.
        if (report_) report_->write(world_.objects, access_of(record_, context), context.progress);
        const bool has_run = context.run_in_world([this](Store& store) {
            world_.with_context([&](resources::Context& service, runtime::Runtime&) {
                storage::sqlite::Transaction transaction = store.begin();
                import_->finish(service.readings.now_of(dataset_->owner.account));
                transaction.commit();
            });
        });
        return has_run ? SliceEnd::done : SliceEnd::aborted;
    }

    const JobWorld& world_;
    const storage::Record record_;
    const base::Json members_;
    std::optional<data::Dataset> dataset_;
    std::optional<data::RowImport> import_;
    std::optional<AttributionReport> report_;  // nothing where none is to be written
    std::optional<CsvInput> input_;
    std::vector<StoredRow> rows_;
    std::size_t rows_at_once_ = data::rows_in_a_step;
};

}  // namespace

Job import_job(const JobWorld& world, const storage::Record& record) {
    return [job = std::make_shared<ImportJob>(world, record)](JobContext& context) { return job->slice(context); };
}

}  // namespace plocal::jobs
