#include "storage/resource_repository.h"

#include <stdexcept>
#include <utility>

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using base::Instant;
using sqlite::Statement;

namespace {

constexpr char referrers_query[] = "SELECT " RESOURCE_COLUMNS R"(
    FROM resource_reference JOIN visible_resource AS resource ON resource.id = resource_reference.resource
    WHERE resource_reference.arn = ? AND kind = ?
    ORDER BY resource_reference.assumed, resource_reference.resource)";

}  // namespace

ResourceRepository::ResourceRepository(sqlite::Database& database, LayerRepository& layers, DueRepository& due,
                                       WorkRepository& work)
    : database_(database), layers_(layers), rows_(database, layers), due_(due), work_(work) {}

bool ResourceRepository::insert(const Record& record, const std::vector<Reference>& references) {
    {
        Statement taken(database_, "SELECT 1 FROM visible_resource WHERE arn = ?");
        taken.bind_all(record.arn);
        if (taken.step()) return false;
    }
    remember(record.arn);
    NewResource row{layers_.of_changes(record.owner.account), &record, &references};
    rows_.insert({&row, 1});
    if (!row.is_inserted) return false;
    due_.note(record);
    work_.note(record);
    ++writes_;
    return true;
}

std::optional<std::string> ResourceRepository::find_twin(std::int64_t layer, std::int64_t id) {
    Statement row(database_, R"(
        SELECT visible.arn FROM live_layer
        CROSS JOIN resource AS visible INDEXED BY resource_by_layer ON visible.layer = live_layer.id AND visible.id > ?
        JOIN resource AS staged ON staged.arn = visible.arn AND staged.layer = ?
        WHERE visible.hidden_by NOT IN (SELECT id FROM live_layer) LIMIT 1)");
    row.bind_all(id, layer);
    if (!row.step()) return std::nullopt;
    return std::string(row.text(0));
}

std::optional<Record> ResourceRepository::find(std::string_view arn) {
    Statement row(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource WHERE arn = ?)");
    row.bind_all(arn);
    if (!row.step()) return std::nullopt;
    return read_record(row);
}

void ResourceRepository::remember(std::string_view arn) {
    if (former_.lacks(arn)) former_.add(arn, find(arn));
}

// What was read inside a transaction that was rolled back may never have been.
std::shared_ptr<const Record> ResourceRepository::find_shared(std::string_view arn) {
    return kept_.find(arn, writes_ + switches_ + database_.roll_backs(), [&]() -> std::shared_ptr<const Record> {
        std::optional<Record> record = find(arn);
        return record ? std::make_shared<const Record>(*std::move(record)) : nullptr;
    });
}

void ResourceRepository::save(const Record& record) {
    remember(record.arn);
    rows_.preserve(record.id);
    const std::string timeline = to_text(record.timeline);
    const std::optional<std::int64_t> stable_ms = to_ms(record.stable.at);
    const std::optional<std::int64_t> due_ms = to_ms(record.due);
    const std::optional<std::int64_t> work_ms = to_ms(record.work);
    Statement save(database_, R"(
        UPDATE resource SET parent = ?, document = ?, timeline = ?, rest_status = ?, rest_ms = ?, latest_update = ?, due_ms = ?,
            work_ms = ?
        WHERE id = ?)");
    save.bind_all(record.parent, record.document, timeline, record.stable.status, stable_ms, record.update, due_ms,
                  work_ms, record.id);
    save.run();
    if (database_.changes() == 0) throw std::logic_error("no resource to save: " + record.arn);
    changed_.push_back(record.arn);
    ++writes_;
    due_.note(record);
    work_.note(record);
}

void ResourceRepository::replace_references(std::int64_t id, const std::vector<Reference>& references) {
    rows_.preserve(id);
    rows_.replace_references(id, references);
}

void ResourceRepository::remove(const Record& record) {
    ++writes_;
    remember(record.arn);
    if (rows_.remove(record.id)) changed_.push_back(record.arn);
}

std::vector<std::string> ResourceRepository::remove_children(std::string_view parent, std::string_view kind,
                                                             std::int64_t limit) {
    std::vector<std::pair<std::int64_t, std::string>> children;
    {
        Statement rows(database_, "SELECT id, arn FROM visible_resource WHERE parent = ? AND kind = ? LIMIT ?");
        rows.bind_all(parent, kind, limit);
        while (rows.step()) children.emplace_back(rows.integer(0), rows.text(1));
    }
    if (!children.empty()) ++writes_;
    std::vector<std::string> removed;
    for (auto& [id, arn] : children) {
        remember(arn);
        rows_.remove(id);
        removed.push_back(std::move(arn));
    }
    changed_.insert(changed_.end(), removed.begin(), removed.end());
    return removed;
}

std::vector<std::string> ResourceRepository::take_changed() {
    return std::exchange(changed_, {});
}

std::vector<Reference> ResourceRepository::references(std::string_view arn) {
    Statement rows(database_, R"(
        SELECT arn, assumed FROM resource_reference
        WHERE resource = (SELECT id FROM visible_resource WHERE arn = ?) ORDER BY arn)");
    rows.bind_all(arn);
    std::vector<Reference> references;
    while (rows.step()) references.push_back({std::string(rows.text(0)), rows.integer(1) != 0});
    return references;
}

bool ResourceRepository::is_assumed(std::string_view arn) {
    Statement row(database_, R"(
        SELECT 1 FROM resource_reference AS reference JOIN visible_resource ON visible_resource.id = reference.resource
        WHERE reference.arn = ? AND assumed = 1 LIMIT 1)");
    row.bind_all(arn);
    return row.step();
}

std::vector<Record> ResourceRepository::with_text(const Scope& scope, std::string_view kind, std::string_view text) {
    const bool is_of_owner = scope.account && scope.region;
    Statement rows(database_, is_of_owner ? sqlite::Sql("SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE kind = ?1 AND account = ?3 AND region = ?4 AND instr(document, ?2) > 0
        ORDER BY place)")
                                          : sqlite::Sql("SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE kind = ?1 AND (?3 IS NULL OR account = ?3) AND (?4 IS NULL OR region = ?4) AND instr(document, ?2) > 0
        ORDER BY place)"));
    rows.bind(1, kind);
    rows.bind(2, text);
    rows.bind(3, scope.account);
    rows.bind(4, scope.region);
    return read_records(rows);
}

std::vector<Record> ResourceRepository::referrers(std::string_view arn, std::string_view kind) {
    Statement rows(database_, referrers_query);
    rows.bind_all(arn, kind);
    return read_records(rows);
}

std::vector<Record> ResourceRepository::changing_referrers(std::string_view arn, std::string_view kind,
                                                           std::string_view account, Instant now,
                                                           bool (*is_terminal)(std::string_view)) {
    constexpr int account_column = 1;
    constexpr int stable_status_column = 10;
    constexpr int stable_at_column = 11;
    Statement rows(database_, referrers_query);
    rows.bind_all(arn, kind);
    std::vector<Record> changing;
    while (rows.step()) {
        const auto at = instant_at(rows, stable_at_column);
        const bool is_stable = !at || (*at <= now && rows.text(account_column) == account);
        if (!is_stable || !is_terminal(rows.text(stable_status_column))) changing.push_back(read_record(rows));
    }
    return changing;
}

}  // namespace plocal::storage
