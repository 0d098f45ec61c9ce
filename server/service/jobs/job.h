// What a kind of work is: a function that does one slice at a time, so that work can be paused, aborted and shared
// among few threads. Plain values; a job's function runs on a thread of the queue, one slice at a time, never two at
// once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "server/base/json.h"
#include "storage/record.h"
#include "storage/store.h"

namespace plocal::jobs {

/// What a job has done so far.
struct Progress {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    std::int64_t lines = 0;
    std::int64_t errors = 0;

    bool operator==(const Progress&) const = default;
};

/// A function that a job wants to run on the world, such as a batch of rows to store.
using WorldTask = std::function<void(storage::Store&)>;

/// Runs a task on the thread that owns the world, and returns once it has run. Returns false where it will not run,
/// since the server stops. Rethrows what the task throws. Built in app; must not be called from inside a task.
using RunInWorld = std::function<bool(const WorldTask&)>;

/// What a job may use during a slice.
class JobContext {
public:
    virtual ~JobContext() = default;

    /// Whether the result is no longer wanted. A long slice should check this and end early.
    virtual bool is_aborted() const = 0;

    /// As RunInWorld; also returns false where the job is aborted.
    virtual bool run_in_world(const WorldTask& task) = 0;

    Progress progress;           // kept from slice to slice
    std::string failure_reason;  // to be set before a slice returns `failed`

    /// What the log and the history say beyond the reason, such as file, row and column; of a success too.
    std::string detail;

    /// Members of the resource that the work decides ("numDeleted"), stored with a success.
    base::Json members = base::Json::object();
};

enum class SliceEnd {
    unfinished,  // there are more slices
    done,        // the job has succeeded
    failed,      // the job has failed; JobContext::failure_reason says why
    aborted,     // the job has stopped since is_aborted() was true; its result is not reported
};

/// Does one slice, of some milliseconds. An exception is a failure with its text as the reason.
using Job = std::function<SliceEnd(JobContext&)>;

/// Makes the job of a resource whose status in progress has just begun. Runs on a thread of the queue, off the world.
using JobMaker = std::function<Job(const storage::Record&)>;

/// The makers by the kind of the resource: "datasetImportJob".
using JobMakers = std::map<std::string, JobMaker, std::less<>>;

}  // namespace plocal::jobs
