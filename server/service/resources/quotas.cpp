#include "server/service/resources/quotas.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/lookup.h"

namespace plocal::resources {
namespace {

using base::Json;
using model::ApiError;
using model::Evidence;
using storage::Record;

std::vector<Record> of_owner(Context& context, const Quota& quota, const storage::Owner& owner) {
    storage::Page page{
        .scope = {owner.account, owner.region}, .kind = std::string(quota.kind), .parent = {}, .after = {}};
    page.limit = std::numeric_limits<std::int32_t>::max();
    return context.store.resources().list(page);
}

/// The dataset group that a new resource belongs to; of a campaign, its solution's.
std::string group_of(Context& context, const Json& document) {
    if (const std::string* const group = text_member(document, "datasetGroupArn")) return *group;
    const std::string* const version = text_member(document, "solutionVersionArn");
    if (version == nullptr) return {};
    const auto solution = context.store.resources().find(version->substr(0, version->rfind('/')));
    return solution ? solution->parent : std::string();
}

std::vector<Record> of_group(Context& context, const Quota& quota, const std::string& group) {
    if (quota.kind != "campaign") return context.store.resources().referrers(group, quota.kind);
    std::vector<Record> campaigns;
    for (const Record& solution : context.store.resources().referrers(group, "solution")) {
        for (Record& campaign : context.store.resources().referrers(solution.arn, quota.kind)) {
            if (campaign.parent == solution.arn) campaigns.push_back(std::move(campaign));
        }
    }
    return campaigns;
}

}  // namespace

void check_quota(Context& context, const Kind& kind, const storage::Owner& owner, const Json& document) {
    for (const Quota& quota : quota_table()) {
        if (quota.kind != kind.name) continue;
        const auto limit = context.quotas.limit_of(owner.account, quota);
        if (!limit) return;
        const auto others = quota.within.empty() ? of_owner(context, quota, owner)
                                                 : of_group(context, quota, group_of(context, document));
        const bool counts_way = quota.counted == Counted::on_the_way;
        const auto count = std::ranges::count_if(others, [&](const Record& other) {
            const std::string_view status = status_of(context, other);
            return counts_way ? !lifecycle::is_last(status) : !status.ends_with("FAILED");
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
