#include "storage/interaction_repository.h"

#include <deque>
#include <limits>
#include <utility>

#include "storage/interaction_columns.h"
#include "storage/row_visibility.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Sql;
using sqlite::Statement;

namespace {

constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr InteractionPosition before_all = {std::numeric_limits<std::int64_t>::min(), 0, 0};
constexpr InteractionPosition behind_all = {highest, highest, highest};

#define EACH_INTERACTION INTERACTIONS_IN("") " AND ?8 IS NULL AND ?9 IS NULL"
#define INTERACTIONS_OF_USER \
    INTERACTIONS_IN("INDEXED BY interaction_by_user") " AND i.user_id = ?8 AND (?9 IS NULL OR i.item_id = ?9)"
#define INTERACTIONS_OF_ITEM INTERACTIONS_IN("INDEXED BY interaction_by_item") " AND ?8 IS NULL AND i.item_id = ?9"
#define INTERACTIONS_BEHIND " AND (i.time_s, i.batch, i.place) > (?5, ?6, ?7) ORDER BY i.time_s, i.batch, i.place"
#define INTERACTIONS_BEFORE \
    " AND (i.time_s, i.batch, i.place) < (?5, ?6, ?7) ORDER BY i.time_s DESC, i.batch DESC, i.place DESC"

/// All of a set, seen or not.
#define INTERACTIONS_TO_PASS                         \
    "SELECT " INTERACTION_COLUMNS ", " BATCH_IS_SEEN \
    " FROM interaction AS i"                         \
    " CROSS JOIN row_batch AS b ON b.id = i.batch WHERE i.row_set = ?1" INTERACTIONS_BEHIND

#define INTERACTIONS_BY_USER                                           \
    INTERACTIONS_IN("INDEXED BY interaction_by_user")                  \
    " AND (i.user_id, i.time_s, i.batch, i.place) > (?5, ?6, ?7, ?8) " \
    "ORDER BY i.row_set, i.user_id, i.time_s, i.batch, i.place"

/// Each walks one index, which is named: SQLite prefers the primary key, and would read all that others did.
Sql statement_for(const InteractionFilter& filter, bool is_upwards) {
    if (filter.user_id)
        return is_upwards ? Sql(INTERACTIONS_OF_USER INTERACTIONS_BEHIND)
                          : Sql(INTERACTIONS_OF_USER INTERACTIONS_BEFORE);
    if (filter.item_id)
        return is_upwards ? Sql(INTERACTIONS_OF_ITEM INTERACTIONS_BEHIND)
                          : Sql(INTERACTIONS_OF_ITEM INTERACTIONS_BEFORE);
    return is_upwards ? Sql(EACH_INTERACTION INTERACTIONS_BEHIND) : Sql(EACH_INTERACTION INTERACTIONS_BEFORE);
}

/// The interactions of one set that are seen.
class SeenInteractions {
public:
    SeenInteractions(sqlite::Database& database, const RowView& view, const RowLevel& level,
                     const InteractionFilter& filter, const InteractionPosition& from, bool is_upwards)
        : rows_(database, statement_for(filter, is_upwards)) {
        bind_visibility(rows_, view, level);
        int index = visibility_parameters;
        for (const std::int64_t part : {from.time_s, from.batch, from.place}) rows_.bind(++index, part);
        rows_.bind(++index, filter.user_id);
        rows_.bind(++index, filter.item_id);
        next();
    }

    void next() { at_end_ = !rows_.step(); }
    bool at_end() const { return at_end_; }

    InteractionPosition position() const { return position_in(rows_); }
    InteractionRow row() const { return interaction_in(rows_); }

private:
    Statement rows_;
    bool at_end_ = true;
};

/// The same in the order of users.
class SeenByUser {
public:
    SeenByUser(sqlite::Database& database, const RowView& view, const RowLevel& level, const UserPosition& from)
        : rows_(database, INTERACTIONS_BY_USER) {
        bind_visibility(rows_, view, level);
        int index = visibility_parameters;
        rows_.bind(++index, std::string_view(from.user_id));
        for (const std::int64_t part : {from.position.time_s, from.position.batch, from.position.place}) {
            rows_.bind(++index, part);
        }
        next();
    }

    void next() { at_end_ = !rows_.step(); }
    bool at_end() const { return at_end_; }
    bool is_before(const SeenByUser& other) const {
        return std::pair(rows_.text(3), position()) < std::pair(other.rows_.text(3), other.position());
    }

    InteractionPosition position() const { return position_in(rows_); }
    InteractionRow row() const { return interaction_in(rows_); }

private:
    Statement rows_;
    bool at_end_ = true;
};

/// The interactions of one set, seen or not, oldest first.
class PassedInteractions {
public:
    PassedInteractions(sqlite::Database& database, const RowView& view, const RowLevel& level,
                       const InteractionPosition& from)
        : rows_(database, INTERACTIONS_TO_PASS) {
        bind_visibility(rows_, view, level);
        int index = visibility_parameters;
        for (const std::int64_t part : {from.time_s, from.batch, from.place}) rows_.bind(++index, part);
        next();
    }

    void next() { at_end_ = !rows_.step(); }
    bool at_end() const { return at_end_; }
    bool is_seen() const { return rows_.integer(interaction_columns) != 0; }

    InteractionPosition position() const { return position_in(rows_); }
    InteractionRow row() const { return interaction_in(rows_); }

private:
    Statement rows_;
    bool at_end_ = true;
};

struct Walk {
    InteractionPosition from;
    bool is_upwards = true;
    std::size_t limit = 0;
};

std::size_t walk(sqlite::Database& database, const RowView& view, const InteractionFilter& filter, const Walk& walk,
                 const InteractionRepository::Visit& visit) {
    std::deque<SeenInteractions> sets;
    for (const RowLevel& level : view.levels) {
        sets.emplace_back(database, view, level, filter, walk.from, walk.is_upwards);
    }
    for (std::size_t count = 0; count < walk.limit; ++count) {
        SeenInteractions* next = nullptr;
        for (SeenInteractions& set : sets) {
            if (set.at_end()) continue;
            if (next == nullptr || (set.position() < next->position()) == walk.is_upwards) next = &set;
        }
        if (next == nullptr) return count;
        if (!visit(next->row(), next->position())) return count + 1;
        next->next();
    }
    return walk.limit;
}

}  // namespace

std::size_t InteractionRepository::oldest_first(const RowView& view, const InteractionFilter& filter,
                                                const std::optional<InteractionPosition>& after, std::size_t limit,
                                                const Visit& visit) {
    return walk(database_, view, filter, {after.value_or(before_all), true, limit}, visit);
}

std::size_t InteractionRepository::newest_first(const RowView& view, const InteractionFilter& filter,
                                                const std::optional<InteractionPosition>& before, std::size_t limit,
                                                const Visit& visit) {
    return walk(database_, view, filter, {before.value_or(behind_all), false, limit}, visit);
}

std::optional<InteractionPosition> InteractionRepository::read_on(const RowView& view,
                                                                  const std::optional<InteractionPosition>& after,
                                                                  std::size_t most, const VisitOne& visit) {
    std::deque<PassedInteractions> sets;
    InteractionPosition last = after.value_or(before_all);
    for (const RowLevel& level : view.levels) sets.emplace_back(database_, view, level, last);
    for (std::size_t count = 0; count < most; ++count) {
        PassedInteractions* next = nullptr;
        for (PassedInteractions& set : sets) {
            if (!set.at_end() && (next == nullptr || set.position() < next->position())) next = &set;
        }
        if (next == nullptr) return std::nullopt;
        if (next->is_seen()) visit(next->row());
        last = next->position();
        next->next();
    }
    return last;
}

void InteractionRepository::history(const RowView& view, std::string_view user_id, const VisitOne& visit) {
    for (const RowLevel& level : view.levels) {
        Statement rows(database_, COLUMNS_IN(HISTORY_COLUMNS, "INDEXED BY interaction_by_user") " AND i.user_id = ?5");
        bind_visibility(rows, view, level);
        rows.bind(visibility_parameters + 1, user_id);
        while (rows.step()) visit(interaction_in(rows));
    }
}

std::size_t InteractionRepository::user_by_user(const RowView& view, const UserPosition& after, std::size_t limit,
                                                const Visit& visit) {
    std::deque<SeenByUser> sets;
    for (const RowLevel& level : view.levels) sets.emplace_back(database_, view, level, after);
    for (std::size_t count = 0; count < limit; ++count) {
        SeenByUser* next = nullptr;
        for (SeenByUser& set : sets) {
            if (!set.at_end() && (next == nullptr || set.is_before(*next))) next = &set;
        }
        if (next == nullptr) return count;
        if (!visit(next->row(), next->position())) return count + 1;
        next->next();
    }
    return limit;
}

std::size_t InteractionRepository::scan_batch(std::int64_t batch, std::int64_t after, std::size_t limit,
                                              const Visit& visit) {
    Statement rows(database_, "SELECT " INTERACTION_COLUMNS R"(
        FROM interaction AS i INDEXED BY interaction_by_batch JOIN row_batch AS b ON b.id = i.batch
        WHERE i.batch = ? AND i.place > ? ORDER BY i.batch, i.place LIMIT ?)");
    rows.bind_all(batch, after, limit);
    std::size_t count = 0;
    while (rows.step()) {
        ++count;
        if (!visit(interaction_in(rows), position_in(rows))) break;
    }
    return count;
}

bool InteractionRepository::has_event(const RowView& view, std::string_view event_id) {
    for (const RowLevel& level : view.levels) {
        Statement row(database_,
                      "SELECT 1 FROM interaction AS i CROSS JOIN row_batch AS b ON b.id = i.batch "
                      "WHERE i.row_set = ?1 AND i.event_id = ?5 AND " BATCH_IS_SEEN " LIMIT 1");
        bind_visibility(row, view, level);
        row.bind(visibility_parameters + 1, event_id);
        if (row.step()) return true;
    }
    return false;
}

}  // namespace plocal::storage
