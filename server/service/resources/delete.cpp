#include "server/service/resources/delete.h"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/lookup.h"
#include "server/service/resources/update.h"

namespace plocal::resources {
namespace {

using base::Json;
using model::Evidence;
using storage::Record;

bool is_in_progress(const Blocker& blocker) {
    return blocker.blocks == Blocks::in_progress;
}

/// Returns the resources of the blocker's kind that reference `target`. A solution may have thousands of versions, of
/// which hardly any is in progress.
std::vector<Record> referrers_of(Context& context, const Blocker& blocker, const Record& record,
                                 const std::string& target) {
    storage::ResourceRepository& resources = context.store.resources();
    if (!is_in_progress(blocker)) return resources.referrers(target, blocker.kind);
    const std::string& account = record.owner.account;
    return resources.changing_referrers(target, blocker.kind, account, context.readings.now_of(account),
                                        lifecycle::is_terminal);
}

std::vector<Record> possible_blockers(Context& context, const Blocker& blocker, const Record& record) {
    const std::string& target = blocker.references_parent ? record.parent : record.arn;
    if (blocker.via.empty()) return referrers_of(context, blocker, record, target);
    std::vector<Record> found;
    for (const Record& between : context.store.resources().referrers(target, blocker.via)) {
        for (Record& each : referrers_of(context, blocker, record, between.arn)) found.push_back(std::move(each));
    }
    return found;
}

bool is_blocked_by(Context& context, const Blocker& blocker, const Record& other, const Record& record) {
    switch (blocker.blocks) {
        case Blocks::all:
            return true;
        case Blocks::not_failed:  // as Describe shows it, also during an update
            return value_of(context, other).value("status", "") != lifecycle::create_failed;
        case Blocks::in_progress:
            return !lifecycle::is_terminal(status_of(context, other));
        case Blocks::users:
            return context.hooks.of(blocker.kind).uses(context, other, record);
    }
    return true;
}

/// Throws ApiError if another resource blocks the deletion of this one.
void refuse_if_blocked(Context& context, const Kind& kind, const Record& record) {
    for (const Blocker& blocker : kind.blockers) {
        for (const Record& other : possible_blockers(context, blocker, record)) {
            if (!is_blocked_by(context, blocker, other, record)) continue;
            throw in_use(context, kind_message("The given ", kind, " is in use: ", record.arn),
                         kind_message(is_in_progress(blocker) ? "in progress: the " : "delete first: the ",
                                      kind_named(blocker.kind), " ", other.arn),
                         Evidence::documented);
        }
    }
}

/// Returns true if resources of some kind are removed with their parents of this one.
bool takes_children(std::string_view kind) {
    return std::ranges::any_of(
        kinds(), [kind](const Kind& each) { return each.removed_with_parent && parent_kind_of(each.name) == kind; });
}

/// Removes at most `limit` children of a kind that have no children themselves. Returns how many were removed.
std::int64_t erase_childless(storage::Store& store, const std::string& parent, std::string_view kind,
                             std::int64_t limit) {
    const std::vector<std::string> children = store.resources().remove_children(parent, kind, limit);
    for (const std::string& child : children) {
        store.tags().remove(child);
        store.trainings().remove(child);
    }
    return static_cast<std::int64_t>(children.size());
}

/// The same for a kind whose resources take children with them.
std::int64_t erase_families(storage::Store& store, const std::string& parent, std::string_view kind,
                            std::int64_t limit) {
    storage::Page page{.scope = {}, .kind = std::string(kind), .parent = parent, .after = {}};
    std::int64_t removed = 0;
    for (;;) {
        const std::vector<Record> children = store.resources().list(page);
        if (children.empty()) return removed;
        for (const Record& child : children) {
            removed += erase_some(store, child, limit - removed);
            if (removed == limit) return removed;
        }
    }
}

}  // namespace

Output remove(Context& context, const Kind& kind, const Json& input) {
    Record record = find_named(context, kind, input);
    if (kind.has_status()) {
        std::vector<std::string_view> stable_statuses;
        for (const std::string_view status : statuses_of(kind)) {
            if (lifecycle::is_terminal(status)) stable_statuses.push_back(status);
        }
        require_stable(context, kind, record, stable_statuses);
    }
    refuse_if_blocked(context, kind, record);
    if (const lifecycle::Transition* const deletion = deletion_transition(kind)) {
        start_transition(context, kind, *deletion, record);
    } else {
        erase(context.store, record);
    }
    return Json::object();
}

void erase(storage::Store& store, const Record& record) {
    constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
    erase_some(store, record, all);
}

std::int64_t erase_some(storage::Store& store, const Record& record, std::int64_t limit) {
    std::int64_t removed = 0;
    for (const Kind& kind : kinds()) {
        if (!kind.removed_with_parent || parent_kind_of(kind.name) != record.kind) continue;
        const auto erase_children = takes_children(kind.name) ? erase_families : erase_childless;
        removed += erase_children(store, record.arn, kind.name, limit - removed);
        if (removed == limit) return removed;
    }
    store.tags().remove(record.arn);
    store.trainings().remove(record.arn);
    store.row_sets().drop(record.arn, record.owner.account);
    store.resources().remove(record);
    return removed + 1;
}

}  // namespace plocal::resources
