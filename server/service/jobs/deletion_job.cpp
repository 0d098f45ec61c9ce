#include "server/service/jobs/deletion_job.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "server/base/json.h"
#include "server/service/jobs/csv_input.h"
#include "server/service/jobs/data_location.h"
#include "server/service/jobs/named_resource.h"
#include "server/service/jobs/user_deletion.h"
#include "server/service/operations/dataset.h"

namespace plocal::jobs {
namespace {

using storage::Store;

data::Columns user_ids() {
    return data::Columns({"USERS", {{"USER_ID", {"string"}}}, {}});
}

class DeletionJob {
public:
    DeletionJob(const JobWorld& world, const storage::Record& record)
        : world_(world), record_(record), members_(base::parse_json(record.document)) {}

    SliceEnd slice(JobContext& context) {
        try {
            if (!input_) open(context);
            if (!is_checked_) return check(context);
            return delete_users(context);
        } catch (const s3::Aborted&) {
            return SliceEnd::aborted;
        } catch (const data::BadRow& bad) {
            return input_->refuse(bad, context);
        }
    }

private:
    /// Begins to read the input, from its beginning.
    void open(JobContext& context) {
        const s3::Access access = access_of(record_, context);
        context.progress = {};
        const InputLimits limits = find_limits(world_, context, record_.owner.account, "", "dataDeletionInputBytes");
        auto files = find_objects(world_.objects, text_at(members_, "/dataSource/dataLocation"), FolderPart::all_files,
                                  access, limits);
        input_.emplace(world_.objects, std::move(files), columns_, access, context.progress);
    }

    /// Reads some of the input to its end, before anything is deleted.
    SliceEnd check(JobContext& context) {
        constexpr std::size_t rows_of_a_slice = 10'000;
        for (std::size_t i = 0; i < rows_of_a_slice; ++i) {
            if (input_->next(row_)) continue;
            is_checked_ = true;
            open(context);
            return find_datasets(context) ? SliceEnd::unfinished : SliceEnd::aborted;
        }
        return SliceEnd::unfinished;
    }

    bool find_datasets(JobContext& context) {
        return context.run_in_world([this](Store&) {
            world_.with_context([this](resources::Context& service, runtime::Runtime&) {
                for (const auto& [type, dataset] : operations::datasets_of(service, record_.parent)) {
                    const bool has_users = type == "USERS" || type.ends_with("INTERACTIONS");
                    if (has_users) deletions_.emplace_back(data::owner_of(dataset));
                }
            });
        });
    }

    /// Deletes users for some milliseconds.
    SliceEnd delete_users(JobContext& context) {
        constexpr std::chrono::milliseconds slice(5);
        const auto end = std::chrono::steady_clock::now() + slice;
        do {
            if (!has_work_ && !read_users()) return finish(context);
            const bool has_run = context.run_in_world([this](Store& store) {
                has_work_ = false;
                for (UserDeletion& deletion : deletions_) {
                    has_work_ = deletion.step(store);
                    if (has_work_) return;
                }
            });
            if (!has_run) return SliceEnd::aborted;
            if (std::ranges::any_of(deletions_, &UserDeletion::is_waiting)) return wait();
        } while (std::chrono::steady_clock::now() < end);
        return SliceEnd::unfinished;
    }

    bool read_users() {
        constexpr std::size_t users_at_once = 100;
        std::size_t count = 0;
        while (count < users_at_once && input_->next(row_)) {
            const auto& user = std::get<std::string>(row_[columns_.id()]);
            for (UserDeletion& deletion : deletions_) deletion.add(user);
            ++count;
        }
        has_work_ = count > 0;
        return has_work_;
    }

    SliceEnd finish(JobContext& context) const {
        std::int64_t deleted = 0;
        for (const UserDeletion& deletion : deletions_) deleted += deletion.deleted();
        context.members["numDeleted"] = deleted;
        return SliceEnd::done;
    }

    const JobWorld& world_;
    const storage::Record record_;
    const base::Json members_;
    const data::Columns columns_ = user_ids();
    std::optional<CsvInput> input_;
    bool is_checked_ = false;  // the input has been read to its end once
    bool has_work_ = false;    // users were read that are not deleted yet
    data::Row row_;
    std::vector<UserDeletion> deletions_;
};

}  // namespace

Job deletion_job(const JobWorld& world, const storage::Record& record) {
    return [job = std::make_shared<DeletionJob>(world, record)](JobContext& context) { return job->slice(context); };
}

}  // namespace plocal::jobs
