#include "server/service/runtime/history.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "server/service/runtime/group.h"
#include "storage/interaction_repository.h"

namespace plocal::runtime {
namespace {

PastEvent past_event(const storage::InteractionRow& row, bool is_own) {
    return {std::string(row.item_id),
            std::string(row.event_type.value_or("")),
            row.time_s,
            row.revision,
            row.is_event,
            is_own};
}

}  // namespace

std::shared_ptr<const History> no_history() {
    static const auto none = std::make_shared<const History>();
    return none;
}

History read_history(storage::Store& store, const storage::RowView& view, std::string_view user) {
    History history;
    std::set<std::string, std::less<>> sessions;
    if (user.empty()) return history;
    store.interactions().history(view, user, [&](const storage::InteractionRow& row) {
        history.push_back(past_event(row, true));
        if (row.session_id && *row.session_id != user && !sessions.contains(*row.session_id)) {
            sessions.emplace(*row.session_id);
        }
    });
    for (const std::string& session : sessions) {
        store.interactions().history(view, session, [&](const storage::InteractionRow& row) {
            if (row.session_id && *row.session_id == session) history.push_back(past_event(row, false));
        });
    }
    // The order in which rows came must not decide between those of one second.
    std::ranges::sort(history, {}, [](const PastEvent& event) {
        return std::tuple(~event.time_s, std::string_view(event.item), std::string_view(event.event_type));
    });
    return history;
}

std::shared_ptr<const History> find_history(Kept& kept, storage::Store& store, const storage::RowView& view,
                                            std::string_view user) {
    if (user.empty() || view.levels.empty()) return no_history();
    const std::string key = "history " + key_of(view, store) + " " + std::string(user);
    const auto make = [&] {
        const auto history = std::make_shared<const History>(read_history(store, view, user));
        std::size_t bytes = key.size() + history->size() * sizeof(PastEvent);
        for (const PastEvent& event : *history) bytes += event.item.size() + event.event_type.size();
        return std::pair(history, bytes);
    };
    return kept.find_or_make<History>(key, make, "history " + subject_of(view, store) + std::string(user));
}

storage::RowView changed_since(storage::Store& store, storage::RowView view, std::int64_t revision) {
    std::erase_if(view.levels,
                  [&](const storage::RowLevel& level) { return store.batches().last_change(level) <= revision; });
    return view;
}

}  // namespace plocal::runtime
