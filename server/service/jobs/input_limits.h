// The quotas of the service on what a job reads. The service does not say how a job fails beyond them: the texts are
// ours.
// https://docs.aws.amazon.com/personalize/latest/dg/limits.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/service/jobs/job.h"
#include "server/service/jobs/job_world.h"

namespace plocal::jobs {

/// A limit of a quota, by its name. None where quotas are not enforced.
struct InputLimit {
    std::string_view quota;
    std::optional<std::int64_t> most;
};

/// What is found of the input so far.
struct InputSize {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
};

struct InputLimits {
    InputLimit files;
    InputLimit bytes;

    /// Throws StoreError where the input at this URL is larger.
    void check(const std::string& url, const InputSize& size) const;
};

/// Returns the limits of an account. A quota without a name is none. Where the job is aborted there are none.
InputLimits find_limits(const JobWorld& world, JobContext& context, const std::string& account,
                        std::string_view files_quota, std::string_view bytes_quota);

}  // namespace plocal::jobs
