#include "server/service/jobs/input_limits.h"

#include "server/service/resources/quota_overrides.h"
#include "server/service/s3/object_store.h"

namespace plocal::jobs {
namespace {

void check_one(const std::string& url, const InputLimit& limit, std::int64_t found, std::string_view what) {
    if (!limit.most || found <= *limit.most) return;
    std::string text = url + ": the input has " + std::to_string(found);
    text.append(" ").append(what).append(", and the quota ").append(limit.quota).append(" is ");
    throw s3::StoreError(text + std::to_string(*limit.most));
}

}  // namespace

void InputLimits::check(const std::string& url, const InputSize& size) const {
    check_one(url, files, size.files, "files");
    check_one(url, bytes, size.bytes, "bytes");
}

InputLimits find_limits(const JobWorld& world, JobContext& context, const std::string& account,
                        std::string_view files_quota, std::string_view bytes_quota) {
    InputLimits limits{{files_quota, {}}, {bytes_quota, {}}};
    const auto task = [&](storage::Store&) {
        world.with_context([&](resources::Context& service, runtime::Runtime&) {
            for (InputLimit* const limit : {&limits.files, &limits.bytes}) {
                if (limit->quota.empty()) continue;
                limit->most = service.quotas.limit_of(account, resources::quota_named(limit->quota));
            }
        });
    };
    static_cast<void>(context.run_in_world(task));
    return limits;
}

}  // namespace plocal::jobs
