#include "server/service/operations/data_minimums.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "server/base/text.h"
#include "server/service/operations/dataset.h"
#include "server/service/operations/recipes.h"
#include "server/service/resources/quota_overrides.h"
#include "storage/interaction_repository.h"

namespace plocal::operations {
namespace {

using base::Json;
using base::text_member;
using resources::Context;

/// Use cases that learn from one type of event.
constexpr std::pair<std::string_view, std::string_view> event_types[] = {
    {"aws-ecomm-popular-items-by-views", "View"},         {"aws-ecomm-popular-items-by-purchases", "Purchase"},
    {"aws-ecomm-frequently-bought-together", "Purchase"}, {"aws-ecomm-customers-who-viewed-x-also-viewed", "View"},
    {"aws-vod-because-you-watched-x", "Watch"},           {"aws-vod-most-popular", "Watch"},
};

/// Which interactions a training takes.
struct Wanted {
    std::string event_type;  // "" for all
    std::optional<double> least_value;

    bool operator()(const storage::InteractionRow& row) const {
        const bool is_of_type =
            event_type.empty() || base::is_same_in_any_case(row.event_type.value_or(""), event_type);
        if (!is_of_type) return false;
        return !least_value || (row.event_value && *row.event_value >= *least_value);
    }
};

Wanted wanted_by(const Json& members) {
    const std::string_view recipe = recipe_in(members);
    const auto* const of_recipe = std::ranges::find(event_types, recipe, [](const auto& each) { return each.first; });
    Wanted wanted;
    if (of_recipe != std::end(event_types)) wanted.event_type = of_recipe->second;
    if (const std::string* const type = text_member(members, "eventType")) wanted.event_type = *type;
    const Json config = members.value("solutionConfig", Json::object());
    if (const std::string* const text = text_member(config, "eventValueThreshold")) {
        const Json number = Json::parse(*text, nullptr, false);
        if (number.is_number()) wanted.least_value = number.get<double>();
    }
    return wanted;
}

/// So many interactions, and users with two of them, as far as the minimums ask for.
struct Counts {
    std::int64_t interactions = 0;
    std::int64_t users = 0;
};

Counts count(storage::Store& store, const storage::RowView& view, const Wanted& wanted, const Counts& enough) {
    Counts counts;
    std::map<std::string, int, std::less<>> of_users;
    const auto take = [&](const storage::InteractionRow& row, const storage::InteractionPosition&) {
        if (!wanted(row)) return true;
        ++counts.interactions;
        const auto user = of_users.find(row.user_id);
        if (user == of_users.end()) {
            of_users.emplace(row.user_id, 1);
        } else if (++user->second == 2) {
            ++counts.users;
        }
        return counts.interactions < enough.interactions || counts.users < enough.users;
    };
    store.interactions().newest_first(view, {}, {}, std::numeric_limits<std::size_t>::max(), take);
    return counts;
}

std::optional<std::string> want_of_data(const Counts& counts, const Counts& enough, const Wanted& wanted) {
    const std::string fewer = "Dataset has fewer than ";
    if (counts.interactions < enough.interactions) {
        const std::string least = fewer + std::to_string(enough.interactions) + " interactions";
        return wanted.event_type.empty() ? least + "." : least + " after filtering by event type: " + wanted.event_type;
    }
    if (counts.users >= enough.users) return std::nullopt;
    return "Create failed. " + fewer + std::to_string(enough.users) + " users with at least 2 interactions each.";
}

}  // namespace

lifecycle::PlanChange failure_for_want_of_data(Context& context, std::string_view account, const Json& members) {
    const auto limit = [&](std::string_view name) {
        return context.quotas.limit_of(account, resources::quota_named(name));
    };
    const Counts enough{limit("minimumInteractions").value_or(0), limit("minimumUsers").value_or(0)};
    const std::string* const group = text_member(members, "datasetGroupArn");
    if (enough.interactions + enough.users == 0 || group == nullptr) return {};
    if (recipe_in(members) == "aws-semantic-similarity") return {};
    const auto datasets = datasets_of(context, *group);
    const auto dataset = datasets.find("INTERACTIONS");
    if (dataset == datasets.end()) return {};
    storage::Store& store = context.store;
    const auto set = store.row_sets().find(dataset->second.arn);
    if (!set || set->counts.total() == 0) return {};
    const Wanted wanted = wanted_by(members);
    const Counts counts = count(store, store.row_sets().view(*set), wanted, enough);
    auto reason = want_of_data(counts, enough, wanted);
    if (!reason) return {};
    return {.fails = true, .failure_reason = std::move(reason)};
}

}  // namespace plocal::operations
