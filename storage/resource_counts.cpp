#include "storage/resource_counts.h"

#include <algorithm>

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using base::Instant;
using sqlite::Statement;

std::map<std::string, std::int64_t> ResourceCounts::by_kind() {
    Statement rows(database_, "SELECT kind, SUM(n) FROM visible_count GROUP BY kind ORDER BY kind");
    std::map<std::string, std::int64_t> counts;
    while (rows.step()) counts.emplace(rows.text(0), rows.integer(1));
    return counts;
}

std::int64_t ResourceCounts::total() {
    std::int64_t total = 0;
    for (const auto& [kind, count] : by_kind()) total += count;
    return total;
}

std::vector<StatusCount> ResourceCounts::by_stable_status() {
    Statement rows(database_, "SELECT kind, account, rest_status, n FROM visible_count ORDER BY kind, account");
    std::vector<StatusCount> counts;
    while (rows.step()) {
        counts.push_back(
            {std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), rows.integer(3)});
    }
    return counts;
}

std::vector<std::string> ResourceCounts::accounts() {
    Statement rows(database_, "SELECT DISTINCT account FROM visible_count ORDER BY account");
    std::vector<std::string> accounts;
    while (rows.step()) accounts.emplace_back(rows.text(0));
    return accounts;
}

std::vector<ResourceInTransition> ResourceCounts::in_transition(std::string_view account, Instant now,
                                                                std::size_t limit) {
    Statement rows(database_, R"(
        SELECT kind, timeline, rest_status FROM visible_resource
        WHERE account = ? AND rest_ms IS NOT NULL AND rest_ms > ? ORDER BY rest_ms LIMIT ?)");
    rows.bind_all(account, to_ms(now), limit);
    std::vector<ResourceInTransition> resources;
    while (rows.step()) {
        resources.push_back({std::string(rows.text(0)), timeline_from_text(rows.text(1)), std::string(rows.text(2))});
    }
    return resources;
}

// Rows come latest first. The loop ends at the first resource that its parent does not remove earlier: usually at once.
std::optional<Instant> ResourceCounts::latest_stable(std::string_view account,
                                                     const std::vector<std::string_view>& removed_with_parent) {
    Statement rows(database_, R"(
        SELECT resource.kind, resource.rest_ms, parent.rest_status, parent.rest_ms,
            parent.kind, grandparent.rest_status, grandparent.rest_ms
        FROM visible_resource AS resource
        LEFT JOIN visible_resource AS parent ON parent.arn = resource.parent
        LEFT JOIN visible_resource AS grandparent ON grandparent.arn = parent.parent
        WHERE resource.account = ? AND resource.rest_ms IS NOT NULL ORDER BY resource.rest_ms DESC)");
    rows.bind_all(account);
    const auto goes_with_parent = [&removed_with_parent](std::string_view kind) {
        return std::ranges::find(removed_with_parent, kind) != removed_with_parent.end();
    };
    std::optional<Instant> latest;
    while (rows.step()) {
        const Instant own = *instant_at(rows, 1);
        if (latest && own <= *latest) break;
        Instant end = own;
        if (goes_with_parent(rows.text(0))) {
            if (rows.text(2) == "DELETED") end = std::min(end, instant_at(rows, 3).value_or(end));
            const bool parent_goes = !rows.is_null(4) && goes_with_parent(rows.text(4));
            if (parent_goes && rows.text(5) == "DELETED") end = std::min(end, instant_at(rows, 6).value_or(end));
        }
        latest = std::max(latest.value_or(Instant::min()), end);
        if (end == own) break;
    }
    return latest;
}

}  // namespace plocal::storage
