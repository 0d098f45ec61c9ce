#include "server/service/resources/delete.h"

#include <algorithm>
#include <cstddef>
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

/// Throws ApiError if another resource blocks the deletion of this one.
void refuse_if_blocked(Context& context, const Kind& kind, const Record& record) {
    for (const Blocker& blocker : kind.blockers) {
        const std::string& target = blocker.references_parent ? record.parent : record.arn;
        for (const Record& other : context.store.resources().referrers(target, blocker.kind)) {
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
        if (!kind.removed_with_parent) continue;
        storage::Page page{.scope = {}, .kind = std::string(kind.name), .parent = record.arn, .after = {}};
        page.limit = static_cast<std::size_t>(limit - removed);
        for (const Record& child : store.resources().list(page)) {
            removed += erase_some(store, child, limit - removed);
            if (removed == limit) return removed;
        }
    }
    store.tags().remove(record.arn);
    store.resources().remove(record.arn);
    return removed + 1;
}

}  // namespace plocal::resources
