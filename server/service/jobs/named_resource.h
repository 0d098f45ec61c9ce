// What jobs read of the resource that they are the work of, and of those that it names. Pure, but for what asks a
// context.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/service/data/dataset.h"
#include "server/service/jobs/job.h"
#include "server/service/resources/context.h"
#include "server/service/s3/object_store.h"
#include "storage/record.h"

namespace plocal::jobs {

/// Returns the text at a JSON pointer of a document, or "".
std::string text_at(const base::Json& document, const char* pointer);

/// What calls of the store are made for: the region is that of the job. The context must outlive the result.
s3::Access access_of(const storage::Record& job, JobContext& context);

/// Returns the dataset of an ARN. Throws std::runtime_error, whose text is a reason of failure, where it does not exist
/// or has no known schema; SqlError. Inside a world task.
data::Dataset named_dataset(resources::Context& context, const std::string& arn);

/// Ends a slice that can do nothing before another job is over, after a short pause.
SliceEnd wait();

}  // namespace plocal::jobs
