#include "storage/layer_repository.h"

#include <algorithm>

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

/// Runs a statement that changes rows of a layer. Returns true if it changed any.
bool run_one(sqlite::Database& database, sqlite::Sql sql, std::int64_t id, std::size_t limit) {
    Statement statement(database, sql);
    statement.bind_all(id, limit);
    statement.run();
    return database.changes() > 0;
}

}  // namespace

void LayerRepository::resume() {
    Statement row(database_, "SELECT 1 FROM layer WHERE id NOT IN (SELECT id FROM live_layer) LIMIT 1");
    may_have_dropped_ = row.step();
    rows_.resume();
}

std::int64_t LayerRepository::of_changes(std::string_view account) {
    {
        Statement row(database_, R"(
            SELECT MAX(id) FROM layer WHERE account = ? AND id > 0 AND id IN (SELECT id FROM live_layer))");
        row.bind_all(account);
        row.step();
        if (!row.is_null(0)) return row.integer(0);
    }
    const std::int64_t id = add(account, LayerUse::plain);
    show(id);
    return id;
}

std::int64_t LayerRepository::add(std::string_view account, LayerUse use) {
    const auto bound = [this](sqlite::Sql sql) {
        Statement row(database_, sql);
        row.step();
        return row.integer(0);
    };
    const std::int64_t id = use == LayerUse::restorable
                                ? std::min<std::int64_t>(bound("SELECT MIN(id) FROM layer"), 0) - 1
                                : std::max<std::int64_t>(bound("SELECT MAX(id) FROM layer"), 0) + 1;
    Statement insert(database_, "INSERT INTO layer (id, account) VALUES (?, ?)");
    insert.bind_all(id, account);
    insert.run();
    staged_.insert(id);
    return id;
}

void LayerRepository::show(std::int64_t id) {
    Statement show(database_, "INSERT INTO live_layer (id) VALUES (?)");
    show.bind_all(id);
    show.run();
}

void LayerRepository::drop(std::int64_t id) {
    Statement hide(database_, "DELETE FROM live_layer WHERE id = ?");
    hide.bind_all(id);
    hide.run();
    give_up(id);
}

void LayerRepository::give_up(std::int64_t id) noexcept {
    staged_.erase(id);
    may_have_dropped_ = true;
}

void LayerRepository::release(std::int64_t id) {
    const auto held = held_.find(id);
    if (held == held_.end() || --held->second > 0) return;
    held_.erase(held);
    may_have_dropped_ = true;
}

std::vector<Layer> LayerRepository::live() {
    Statement rows(database_, "SELECT id, account FROM layer WHERE id IN (SELECT id FROM live_layer) ORDER BY id");
    std::vector<Layer> layers;
    while (rows.step()) layers.push_back({rows.integer(0), std::string(rows.text(1))});
    return layers;
}

bool LayerRepository::may_have_dropped() const {
    return failures_ != database_.failures() || may_have_dropped_ || rows_.may_have_dropped();
}

bool LayerRepository::sweep(std::size_t limit) {
    if (failures_ != database_.failures()) {
        failures_ = database_.failures();
        may_have_dropped_ = true;
    }
    if (!may_have_dropped_) return rows_.sweep(limit);
    std::vector<std::int64_t> dropped;
    {
        Statement rows(database_, "SELECT id FROM layer WHERE id NOT IN (SELECT id FROM live_layer)");
        while (rows.step()) {
            const std::int64_t id = rows.integer(0);
            if (!staged_.contains(id) && !held_.contains(id)) dropped.push_back(id);
        }
    }
    if (!dropped.empty()) {
        sweep_one(dropped.front(), limit);
        return true;
    }
    may_have_dropped_ = false;
    return rows_.sweep(limit);
}

/// Removes some rows of one layer, and the layer once it has none.
void LayerRepository::sweep_one(std::int64_t id, std::size_t limit) {
    if (run_one(database_, R"(
            DELETE FROM resource WHERE id IN (SELECT id FROM resource WHERE layer = ? LIMIT ?))",
                id, limit)) {
        return;
    }
    if (run_one(database_, R"(
            DELETE FROM tag WHERE (arn, layer, key) IN (SELECT arn, layer, key FROM tag WHERE layer = ? LIMIT ?))",
                id, limit)) {
        return;
    }
    if (run_one(database_, R"(
            DELETE FROM training WHERE (arn, layer) IN (SELECT arn, layer FROM training WHERE layer = ? LIMIT ?))",
                id, limit)) {
        rows_.note_hidden();
        return;
    }
    if (run_one(database_, R"(
            UPDATE resource SET hidden_by = 0 WHERE id IN (SELECT id FROM resource WHERE hidden_by = ? LIMIT ?))",
                id, limit)) {
        return;
    }
    if (run_one(database_, R"(
            UPDATE tag SET hidden_by = 0
            WHERE (arn, layer, key) IN (SELECT arn, layer, key FROM tag WHERE hidden_by = ? LIMIT ?))",
                id, limit)) {
        return;
    }
    // The counts go last: what is removed above still writes to them.
    Statement counts(database_, "DELETE FROM resource_count WHERE layer = ?");
    counts.bind_all(id);
    counts.run();
    rows_.forget_layer(id);
    Statement layer(database_, "DELETE FROM layer WHERE id = ?");
    layer.bind_all(id);
    layer.run();
}

}  // namespace plocal::storage
