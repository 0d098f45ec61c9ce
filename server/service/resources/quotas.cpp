#include "server/service/resources/quotas.h"

#include <algorithm>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/lookup.h"

namespace plocal::resources {
namespace {

using base::Json;
using model::ApiError;
using model::Evidence;
using storage::Record;

/// Returns the resources of a kind in a dataset group. The kind's parent may be a descendant of the group.
std::vector<Record> resources_in_group(Context& context, std::string_view kind, const std::string& group) {
    const std::string_view parent_kind = parent_kind_of(kind);
    if (parent_kind == "datasetGroup") return context.store.resources().children(group, kind);
    std::vector<Record> records;
    for (const Record& parent : resources_in_group(context, parent_kind, group)) {
        for (Record& child : context.store.resources().children(parent.arn, kind)) records.push_back(std::move(child));
    }
    return records;
}

}  // namespace

void check_quota(Context& context, const Kind& kind, const storage::Owner& owner, const Json& document) {
    for (const Quota& quota : quota_table()) {
        if (quota.kind != kind.name) continue;
        const auto limit = context.quotas.limit_of(owner.account, quota);
        if (!limit) return;
        const auto others =
            quota.within.empty()
                ? context.store.resources().all_of({owner.account, owner.region}, kind.name)
                : resources_in_group(context, kind.name, inherited_text(context, kind, document, "datasetGroupArn"));
        const bool counts_in_progress = quota.counted == Counted::in_progress;
        const auto count = std::ranges::count_if(others, [&](const Record& other) {
            const std::string_view status = status_of(context, other);
            return counts_in_progress ? !lifecycle::is_terminal(status) : !status.ends_with("FAILED");
        });
        if (count < *limit) continue;
        const std::string most = "More than " + std::to_string(*limit) + " resources ";
        throw ApiError("LimitExceededException",
                       most + (counts_in_progress ? "with PENDING or IN_PROGRESS status."
                                                  : "in ACTIVE state. Please delete some and try again."),
                       "the quota " + std::string(quota.name) + " is " + std::to_string(*limit),
                       counts_in_progress ? Evidence::documented : Evidence::seen);
    }
}

}  // namespace plocal::resources
