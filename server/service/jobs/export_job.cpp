#include "server/service/jobs/export_job.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "server/base/json.h"
#include "server/service/jobs/data_location.h"
#include "server/service/jobs/exported_rows.h"
#include "server/service/jobs/named_resource.h"

namespace plocal::jobs {
namespace {

using storage::Store;

class ExportJob {
public:
    ExportJob(const JobWorld& world, const storage::Record& record)
        : world_(world), record_(record), members_(base::parse_json(record.document)) {}

    SliceEnd slice(JobContext& context) {
        try {
            if (writer_ == nullptr && !begin(context)) return SliceEnd::aborted;
            return copy(context);
        } catch (const s3::Aborted&) {
            return SliceEnd::aborted;
        }
    }

private:
    bool begin(JobContext& context) {
        const bool has_run = context.run_in_world([this](Store& store) {
            world_.with_context([&](resources::Context& service, runtime::Runtime&) { take_rows(store, service); });
        });
        if (!has_run) return false;
        const std::string folder = text_at(members_, "/jobOutput/s3DataDestination/path");
        writer_ =
            world_.objects.write(object_in(folder, record_.name + "/part-00000.csv"), access_of(record_, context));
        rows_->write_header(text_);
        return true;
    }

    /// Fixes what is exported: the rows of this moment stay readable.
    void take_rows(Store& store, resources::Context& service) {
        dataset_.emplace(named_dataset(service, text_at(members_, "/datasetArn")));
        const storage::RowSetOwner& owner = dataset_->owner;
        if (const auto set = store.row_sets().find(owner.arn)) set_ = set->id;
        hold_ = store.hold_rows();
        const std::int64_t revision = store.row_sets().revision(owner.dataset_group);
        rows_.emplace(dataset_->columns, data::view_of(store, owner, revision), text_at(members_, "/ingestionMode"));
    }

    /// Copies rows for some milliseconds.
    SliceEnd copy(JobContext& context) {
        constexpr std::chrono::milliseconds slice(5);
        constexpr std::size_t enough_to_write = std::size_t{64} << 10;
        const auto end = std::chrono::steady_clock::now() + slice;
        do {
            bool goes_on = false;
            const bool has_run = context.run_in_world([&](Store& store) {
                require_rows(store);
                goes_on = rows_->read_page(store);
            });
            if (!has_run) return SliceEnd::aborted;
            rows_->write_page(text_, context.progress);
            if (text_.size() >= enough_to_write || !goes_on) write(context);
            if (!goes_on) return finish(context);
        } while (std::chrono::steady_clock::now() < end);
        return SliceEnd::unfinished;
    }

    void require_rows(Store& store) const {
        if (!set_ || store.row_sets().is_shown(dataset_->owner.arn, *set_)) return;
        throw std::runtime_error("The rows of the dataset were dropped during the export.");
    }

    void write(JobContext& context) {
        writer_->write(text_);
        context.progress.bytes += static_cast<std::int64_t>(text_.size());
        text_.clear();
    }

    SliceEnd finish(JobContext& context) {
        writer_->finish();
        ++context.progress.files;
        return SliceEnd::done;
    }

    const JobWorld& world_;
    const storage::Record record_;
    const base::Json members_;
    std::optional<data::Dataset> dataset_;
    std::optional<std::int64_t> set_;  // whose rows are exported; nothing for a dataset that never had any
    std::shared_ptr<const void> hold_;
    std::optional<ExportedRows> rows_;
    std::unique_ptr<s3::ObjectWriter> writer_;  // null before the first slice
    std::string text_;                          // not written yet
};

}  // namespace

Job export_job(const JobWorld& world, const storage::Record& record) {
    return [job = std::make_shared<ExportJob>(world, record)](JobContext& context) { return job->slice(context); };
}

}  // namespace plocal::jobs
