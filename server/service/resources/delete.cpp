#include "server/service/resources/delete.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/lookup.h"
#include "server/service/resources/update.h"

namespace plocal::resources {
namespace {

using base::Json;
using model::Evidence;
using storage::Record;

/// Returns the resources that may block a deletion. A solution may have thousands of versions that do not.
std::vector<Record> possible_blockers(Context& context, const Blocker& blocker, const Record& record,
                                      const std::string& target) {
    storage::ResourceRepository& resources = context.store.resources();
    if (!blocker.only_in_progress) return resources.referrers(target, blocker.kind);
    const std::string& account = record.owner.account;
    return resources.changing_referrers(target, blocker.kind, account, context.readings.now_of(account),
                                        lifecycle::is_terminal);
}

/// Throws ApiError if another resource blocks the deletion of this one.
void refuse_if_blocked(Context& context, const Kind& kind, const Record& record) {
    for (const Blocker& blocker : kind.blockers) {
        const std::string& target = blocker.references_parent ? record.parent : record.arn;
        for (const Record& other : possible_blockers(context, blocker, record, target)) {
            const std::string_view status = status_of(context, other);
            if (blocker.only_in_progress && lifecycle::is_terminal(status)) continue;
            const Kind& other_kind = kind_named(blocker.kind);
            throw in_use(context, kind_message("The given ", kind, " is in use: ", record.arn),
                         kind_message(blocker.only_in_progress ? "in progress: the " : "delete first: the ", other_kind,
                                      " ", other.arn),
                         Evidence::documented);
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
        for (const std::string& child : store.resources().remove_children(record.arn, kind.name, limit - removed)) {
            store.tags().remove(child);
            store.trainings().remove(child);
            ++removed;
        }
        if (removed == limit) return removed;
    }
    store.tags().remove(record.arn);
    store.trainings().remove(record.arn);
    store.row_sets().drop(record.arn, record.owner.account);
    store.resources().remove(record);
    return removed + 1;
}

}  // namespace plocal::resources
