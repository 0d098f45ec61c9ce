// What batch inference and batch segment jobs share: each object whose key begins with the input path is read line by
// line, and answered in an object of its base name and ".out" in the output folder. On threads of the queue.
// https://docs.aws.amazon.com/personalize/latest/dg/creating-batch-inference-job.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/jobs/batch_lines.h"
#include "server/service/jobs/input_limits.h"
#include "server/service/jobs/job.h"
#include "server/service/s3/object_store.h"
#include "storage/record.h"

namespace plocal::jobs {

/// A line of an input: an object, or its text where it is none.
struct BatchInput {
    base::Json value;
    std::string error = {};   // why the line has no answer; "" for none
    std::int64_t number = 0;  // of the line in its file, from 1
};

BatchInput read_batch_input(const BatchLine& line);

/// How a job answers its lines.
class LineAnswers {
public:
    LineAnswers() = default;
    LineAnswers(const LineAnswers&) = delete;
    LineAnswers& operator=(const LineAnswers&) = delete;
    virtual ~LineAnswers() = default;

    /// What the input may have.
    virtual InputLimits limits(JobContext& context) const = 0;

    /// How many lines are answered together.
    virtual std::size_t most_lines() const = 0;

    /// Answers lines, and writes what becomes of them in their order. Sets the error of those that have no answer.
    /// Returns `done` once all are written, `unfinished` to be called again with the same lines, or `aborted`. Throws
    /// StoreError, Aborted and SqlError.
    virtual SliceEnd answer(JobContext& context, std::vector<BatchInput>& lines, s3::ObjectWriter& out) = 0;
};

/// Lets others go on for a millisecond. A job that waits for a model that another job makes would otherwise ask the
/// world for it all the time.
void pause_for_model();

/// Adds to what the log and the history say, once.
void add_detail(JobContext& context, std::string_view text);

/// Returns the job of a resource, whose document names both paths. The objects must outlive it.
Job batch_job(s3::ObjectStore& objects, const storage::Record& record, std::shared_ptr<LineAnswers> answers);

}  // namespace plocal::jobs
