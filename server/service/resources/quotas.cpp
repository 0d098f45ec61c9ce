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

/// The resources of a kind in a dataset group, also those of a kind whose parent is not the group itself.
std::vector<Record> of_group(Context& context, std::string_view kind, const std::string& group) {
    const std::string_view parent_kind = parent_kind_of(kind);
    if (parent_kind == "datasetGroup") return context.store.resources().referrers(group, kind);
    std::vector<Record> records;
    for (const Record& parent : of_group(context, parent_kind, group)) {
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
                : of_group(context, kind.name, inherited_text(context, kind, document, "datasetGroupArn"));
        const bool counts_way = quota.counted == Counted::in_progress;
        const auto count = std::ranges::count_if(others, [&](const Record& other) {
            const std::string_view status = status_of(context, other);
            return counts_way ? !lifecycle::is_terminal(status) : !status.ends_with("FAILED");
        });
        if (count < *limit) continue;
        const std::string most = "More than " + std::to_string(*limit) + " resources ";
        throw ApiError("LimitExceededException",
                       most + (counts_way ? "with PENDING or IN_PROGRESS status."
                                          : "in ACTIVE state. Please delete some and try again."),
                       "the quota " + std::string(quota.name) + " is " + std::to_string(*limit),
                       counts_way ? Evidence::documented : Evidence::seen);
    }
}

}  // namespace plocal::resources
