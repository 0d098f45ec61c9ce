#include "server/service/jobs/object_jobs.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "server/service/jobs/deletion_job.h"
#include "server/service/jobs/export_job.h"
#include "server/service/jobs/import_job.h"
#include "server/service/jobs/inference_job.h"
#include "server/service/jobs/segment_job.h"

namespace plocal::jobs {
namespace {

struct ObjectJob {
    std::string_view kind;
    std::string_view name;
    Job (*make)(const JobWorld& world, const storage::Record& record);
};

constexpr auto object_jobs = std::to_array<ObjectJob>({
    {"batchInferenceJob", "inference", inference_job},
    {"batchSegmentJob", "segment", segment_job},
    {"dataDeletionJob", "deletion", deletion_job},
    {"datasetExportJob", "export", export_job},
    {"datasetImportJob", "import", import_job},
});

}  // namespace

std::vector<std::string> object_job_kinds() {
    std::vector<std::string> kinds;
    kinds.reserve(object_jobs.size());
    for (const ObjectJob& each : object_jobs) kinds.emplace_back(each.kind);
    return kinds;
}

std::string_view work_name(std::string_view kind) {
    const auto* const found = std::ranges::find(object_jobs, kind, &ObjectJob::kind);
    return found == object_jobs.end() ? "training" : found->name;
}

JobMakers object_job_makers(JobWorld world) {
    JobMakers makers;
    const auto shared = std::make_shared<const JobWorld>(std::move(world));
    for (const ObjectJob& each : object_jobs) {
        makers.emplace(each.kind,
                       [shared, make = each.make](const storage::Record& record) { return make(*shared, record); });
    }
    return makers;
}

}  // namespace plocal::jobs
