#include "storage/user_erasure.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "storage/interaction_repository.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

bool are_interactions(const RowSet& set) {
    return set.kind.ends_with("INTERACTIONS");
}

struct FoundInteraction {
    InteractionPosition position;
    bool is_bulk = false;
    bool is_seen = false;
    std::string session;
};

std::vector<FoundInteraction> find_some(sqlite::Database& database, std::int64_t set, std::string_view user,
                                        bool are_of_session, std::size_t limit) {
    Statement rows(database, R"(
        SELECT i.time_s, i.batch, i.place, b.made_by, b.until IS NULL, i.session_id
        FROM interaction AS i INDEXED BY interaction_by_user CROSS JOIN row_batch AS b ON b.id = i.batch
        WHERE i.row_set = ?1 AND i.user_id = ?2 AND b.revision IS NOT NULL AND (NOT ?3 OR i.session_id = i.user_id)
        ORDER BY i.time_s, i.batch, i.place LIMIT ?4)");
    rows.bind_all(set, user, are_of_session ? 1 : 0, limit);
    std::vector<FoundInteraction> found;
    while (rows.step()) {
        found.push_back({{rows.integer(0), rows.integer(1), rows.integer(2)},
                         rows.text(3) == name_of(RowOrigin::bulk),
                         rows.integer(4) != 0,
                         std::string(rows.text(5))});
    }
    return found;
}

}  // namespace

bool UserErasure::has_shared(const RowSet& set, std::string_view user) {
    const RowView view = sets_.view(set);
    const bool is_own_shared = set.layer < 0 || sets_.is_base(set.id);
    const auto first = view.levels.begin() + (is_own_shared ? 0 : 1);
    return std::any_of(first, view.levels.end(),
                       [&](const RowLevel& level) { return has_rows(level.set, are_interactions(set), user); });
}

bool UserErasure::has_rows(std::int64_t set, bool are_interactions, std::string_view user) {
    Statement row(database_, are_interactions
                                 ? sqlite::Sql("SELECT 1 FROM interaction WHERE row_set = ? AND user_id = ? LIMIT 1")
                                 : sqlite::Sql("SELECT 1 FROM data_row WHERE row_set = ? AND id = ? LIMIT 1"));
    row.bind_all(set, user);
    return row.step();
}

Erased UserErasure::erase(const RowSet& set, std::string_view user, std::size_t limit) {
    return are_interactions(set) ? erase_interactions(set, user, false, limit) : erase_row(set, user);
}

Erased UserErasure::erase_session(const RowSet& set, std::string_view session, std::size_t limit) {
    return erase_interactions(set, session, true, limit);
}

Erased UserErasure::erase_row(RowSet set, std::string_view user) {
    bool has_bulk = false;
    bool has_put = false;
    {
        Statement rows(database_, R"(
            SELECT b.made_by FROM data_row AS r CROSS JOIN row_batch AS b ON b.id = r.batch
            WHERE r.row_set = ? AND r.id = ? AND b.revision IS NOT NULL AND b.until IS NULL)");
        rows.bind_all(set.id, user);
        while (rows.step()) (rows.text(0) == name_of(RowOrigin::bulk) ? has_bulk : has_put) = true;
    }
    Statement remove(database_, "DELETE FROM data_row WHERE row_set = ? AND id = ?");
    remove.bind_all(set.id, user);
    remove.run();
    if (database_.changes() == 0) return {};
    if (has_bulk) --set.counts.bulk;
    if (has_put) --set.counts.put;
    if (has_bulk && has_put) --set.counts.both;
    sets_.save(set);
    ++generations_[set.id];
    return {.rows = has_bulk || has_put ? 1 : 0};
}

Erased UserErasure::erase_interactions(RowSet set, std::string_view user, bool are_of_session, std::size_t limit) {
    Erased erased;
    const std::vector<FoundInteraction> found = find_some(database_, set.id, user, are_of_session, limit);
    if (found.empty()) return erased;
    for (const FoundInteraction& each : found) {
        const bool has_session = !each.session.empty() && each.session != user;
        const bool is_known = std::ranges::find(erased.sessions, each.session) != erased.sessions.end();
        if (has_session && !is_known && is_session_of(set, each.session, user)) erased.sessions.push_back(each.session);
    }
    for (const FoundInteraction& each : found) {
        Statement remove(database_,
                         "DELETE FROM interaction WHERE row_set = ? AND time_s = ? AND batch = ? AND place = ?");
        remove.bind_all(set.id, each.position.time_s, each.position.batch, each.position.place);
        remove.run();
        if (!each.is_seen) continue;
        ++erased.rows;
        --(each.is_bulk ? set.counts.bulk : set.counts.put);
    }
    sets_.save(set);
    ++generations_[set.id];
    erased.has_more = found.size() == limit;
    return erased;
}

/// Returns true if the first event of a session that names a user names this one.
bool UserErasure::is_session_of(const RowSet& set, std::string_view session, std::string_view user) {
    Statement row(database_, R"(
        SELECT user_id FROM interaction INDEXED BY interaction_by_session
        WHERE row_set = ? AND session_id = ? AND user_id <> session_id
        ORDER BY time_s, batch, place LIMIT 1)");
    row.bind_all(set.id, session);
    return row.step() && row.text(0) == user;
}

std::int64_t UserErasure::generation(std::int64_t set) const {
    const auto found = generations_.find(set);
    return found == generations_.end() ? 0 : found->second;
}

}  // namespace plocal::storage
