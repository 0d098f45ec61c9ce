#include "storage/row_repository.h"

#include <deque>
#include <utility>

#include "storage/row_visibility.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

/// The ids of one set that are seen, in order, each with the cells of its newest batch.
class SeenIds {
public:
    SeenIds(sqlite::Database& database, const RowView& view, const RowLevel& level, std::string_view after)
        : rows_(database,
                "SELECT r.id, r.cells, b.revision FROM data_row AS r CROSS JOIN row_batch AS b "
                "ON b.id = r.batch WHERE r.row_set = ?1 AND r.id > ?5 AND " BATCH_IS_SEEN
                " ORDER BY r.row_set, r.id, r.batch") {
        bind_visibility(rows_, view, level);
        rows_.bind(visibility_parameters + 1, after);
        has_row_ = rows_.step();
        next();
    }

    bool at_end() const { return !has_id_; }
    const std::string& id() const { return id_; }
    const std::string& cells() const { return cells_; }

    void next() {
        has_id_ = has_row_;
        if (!has_row_) return;
        id_ = rows_.text(0);
        std::int64_t newest = 0;
        do {
            if (rows_.integer(2) > newest) {
                newest = rows_.integer(2);
                cells_ = rows_.text(1);
            }
            has_row_ = rows_.step();
        } while (has_row_ && rows_.text(0) == id_);
    }

private:
    Statement rows_;
    bool has_row_ = false;
    bool has_id_ = false;
    std::string id_;
    std::string cells_;
};

/// The rows of one set that are seen, of all batches.
class SeenVersions {
public:
    SeenVersions(sqlite::Database& database, const RowView& view, const RowLevel& level,
                 const RowRepository::Version& after)
        : rows_(database,
                "SELECT r.id, r.cells, r.batch FROM data_row AS r CROSS JOIN row_batch AS b "
                "ON b.id = r.batch WHERE r.row_set = ?1 AND (r.id, r.batch) > (?5, ?6) AND " BATCH_IS_SEEN
                " ORDER BY r.row_set, r.id, r.batch") {
        bind_visibility(rows_, view, level);
        rows_.bind(visibility_parameters + 1, std::string_view(after.id));
        rows_.bind(visibility_parameters + 2, after.batch);
        next();
    }

    void next() { at_end_ = !rows_.step(); }
    bool at_end() const { return at_end_; }
    bool is_before(const SeenVersions& other) const {
        return std::pair(id(), batch()) < std::pair(other.id(), other.batch());
    }

    std::string_view id() const { return rows_.text(0); }
    std::string_view cells() const { return rows_.text(1); }
    std::int64_t batch() const { return rows_.integer(2); }

private:
    Statement rows_;
    bool at_end_ = true;
};

/// What a set has of an id before it is added once more.
struct Present {
    bool in_batch = false;
    bool has_bulk = false;
    bool has_put = false;
    std::vector<std::int64_t> unseen = {};  // batches with it that are not shown
};

Present present_of(sqlite::Database& database, const RowBatch& batch, std::string_view id) {
    Present present;
    for (const RowLevel& level : batch.seen.levels) {
        Statement rows(database,
                       "SELECT b.id, b.revision, b.made_by FROM data_row AS r CROSS JOIN row_batch AS b "
                       "ON b.id = r.batch WHERE r.row_set = ?1 AND r.id = ?5 "
                       "AND (b.revision IS NULL OR (" BATCH_IS_SEEN "))");
        bind_visibility(rows, batch.seen, level);
        rows.bind(visibility_parameters + 1, id);
        while (rows.step()) {
            if (rows.integer(0) == batch.id) {
                present.in_batch = true;
            } else if (rows.is_null(1)) {
                present.unseen.push_back(rows.integer(0));
            } else {
                (rows.text(2) == name_of(RowOrigin::bulk) ? present.has_bulk : present.has_put) = true;
            }
        }
    }
    return present;
}

}  // namespace

void RowRepository::add(RowBatch& batch, std::string_view id, std::string_view cells) {
    const Present present = present_of(database_, batch, id);
    if (!present.in_batch && batch.origin == RowOrigin::bulk) {
        if (batch.mode == ImportMode::full || !present.has_bulk) {
            ++batch.rows;
            if (present.has_put) ++batch.both;
        }
    } else if (!present.in_batch && !present.has_put) {
        ++batch.rows;
        if (present.has_bulk) ++batch.both;
        batches_.note_put(present.unseen, present.has_bulk);
    }
    Statement insert(database_, R"(
        INSERT INTO data_row (row_set, id, batch, cells) VALUES (?, ?, ?, ?)
        ON CONFLICT (row_set, id, batch) DO UPDATE SET cells = excluded.cells)");
    insert.bind_all(batch.set, id, batch.id, cells);
    insert.run();
}

std::optional<std::string> RowRepository::find(const RowView& view, std::string_view id) {
    for (const RowLevel& level : view.levels) {
        Statement row(database_,
                      "SELECT r.cells FROM data_row AS r CROSS JOIN row_batch AS b ON b.id = r.batch "
                      "WHERE r.row_set = ?1 AND r.id = ?5 AND " BATCH_IS_SEEN " ORDER BY b.revision DESC LIMIT 1");
        bind_visibility(row, view, level);
        row.bind(visibility_parameters + 1, id);
        if (row.step()) return std::string(row.text(0));
    }
    return std::nullopt;
}

std::size_t RowRepository::scan(const RowView& view, std::string_view after, std::size_t limit, const Visit& visit) {
    std::deque<SeenIds> sets;
    for (const RowLevel& level : view.levels) sets.emplace_back(database_, view, level, after);
    for (std::size_t count = 0; count < limit; ++count) {
        SeenIds* first = nullptr;  // of equal ids that of the uppermost set, which is newer than its base
        for (SeenIds& set : sets) {
            if (!set.at_end() && (first == nullptr || set.id() < first->id())) first = &set;
        }
        if (first == nullptr) return count;
        visit(first->id(), first->cells());
        for (SeenIds& set : sets) {
            if (&set != first && !set.at_end() && set.id() == first->id()) set.next();
        }
        first->next();
    }
    return limit;
}

std::size_t RowRepository::scan_versions(const RowView& view, const Version& after, std::size_t limit,
                                         const VisitVersion& visit) {
    std::deque<SeenVersions> sets;
    for (const RowLevel& level : view.levels) sets.emplace_back(database_, view, level, after);
    for (std::size_t count = 0; count < limit; ++count) {
        SeenVersions* first = nullptr;
        for (SeenVersions& set : sets) {
            if (!set.at_end() && (first == nullptr || set.is_before(*first))) first = &set;
        }
        if (first == nullptr) return count;
        visit(first->id(), first->cells(), first->batch());
        first->next();
    }
    return limit;
}

std::size_t RowRepository::scan_batch(std::int64_t batch, std::string_view after, std::size_t limit,
                                      const Visit& visit) {
    Statement rows(database_, R"(
        SELECT id, cells FROM data_row INDEXED BY data_row_by_batch
        WHERE batch = ? AND id > ? ORDER BY batch, id LIMIT ?)");
    rows.bind_all(batch, after, limit);
    std::size_t count = 0;
    for (; rows.step(); ++count) visit(rows.text(0), rows.text(1));
    return count;
}

std::vector<DataRow> RowRepository::page(const RowView& view, std::string_view after, std::size_t limit) {
    std::vector<DataRow> rows;
    scan(view, after, limit, [&rows](std::string_view id, std::string_view cells) {
        rows.push_back({std::string(id), std::string(cells)});
    });
    return rows;
}

}  // namespace plocal::storage
