#include "storage/tag_repository.h"

#include <algorithm>

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

/// The account of an ARN is its fifth part.
std::string_view account_of(std::string_view arn) {
    constexpr int parts_before = 4;
    for (int part = 0; part < parts_before; ++part) arn.remove_prefix(std::min(arn.find(':'), arn.size() - 1) + 1);
    return arn.substr(0, arn.find(':'));
}

}  // namespace

void TagRepository::put(std::string_view arn, const std::vector<Tag>& tags) {
    if (!tags.empty()) stage(own_layer(arn), arn, tags);
}

void TagRepository::stage(std::int64_t layer, std::string_view arn, const std::vector<Tag>& tags) {
    for (const Tag& tag : tags) {
        Statement put(database_,
                      "INSERT INTO tag (arn, layer, key, value) VALUES (?, ?, ?, ?) "
                      "ON CONFLICT (arn, layer, key) DO UPDATE SET value = excluded.value");
        put.bind_all(arn, layer, tag.key, tag.value);
        put.run();
    }
}

/// Moves the tags of an ARN that are visible to one plain layer, and hides those that restorable layers keep.
std::int64_t TagRepository::own_layer(std::string_view arn) {
    const std::int64_t layer = layers_.of_changes(account_of(arn));
    {
        Statement copy(database_, R"(
            INSERT INTO tag (arn, layer, key, value)
            SELECT arn, ?1, key, value FROM visible_tag WHERE arn = ?2 AND layer <> ?1
            ON CONFLICT DO NOTHING)");
        copy.bind_all(layer, arn);
        copy.run();
    }
    if (database_.changes() == 0) return layer;
    Statement hide(database_, R"(
        UPDATE tag SET hidden_by = ?1
        WHERE arn = ?2 AND layer < 0 AND layer IN (SELECT id FROM live_layer)
            AND hidden_by NOT IN (SELECT id FROM live_layer))");
    hide.bind_all(layer, arn);
    hide.run();
    Statement remove(database_, R"(
        DELETE FROM tag WHERE arn = ?2 AND layer > 0 AND layer <> ?1 AND layer IN (SELECT id FROM live_layer))");
    remove.bind_all(layer, arn);
    remove.run();
    return layer;
}

std::vector<Tag> TagRepository::list(std::string_view arn) {
    Statement rows(database_, "SELECT key, value FROM visible_tag WHERE arn = ? ORDER BY key");
    rows.bind_all(arn);
    std::vector<Tag> tags;
    while (rows.step()) tags.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
    return tags;
}

TagRepository::TagsByArn TagRepository::list_all(std::span<const std::string_view> arns) {
    constexpr std::size_t at_once = 16;
    TagsByArn tags;
    for (std::size_t from = 0; from < arns.size(); from += at_once) {
        Statement rows(database_, R"(
            SELECT arn, key, value FROM visible_tag
            WHERE arn IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ORDER BY arn, key)");
        for (int index = 0; const std::string_view arn : arns.subspan(from, std::min(at_once, arns.size() - from))) {
            rows.bind(++index, arn);
        }
        while (rows.step()) {
            tags[std::string(rows.text(0))].push_back({std::string(rows.text(1)), std::string(rows.text(2))});
        }
    }
    return tags;
}

void TagRepository::remove(std::string_view arn, const std::vector<std::string>& keys) {
    const std::int64_t layer = own_layer(arn);
    for (const std::string& key : keys) {
        Statement remove(database_, "DELETE FROM tag WHERE arn = ? AND layer = ? AND key = ?");
        remove.bind_all(arn, layer, key);
        remove.run();
    }
}

void TagRepository::remove(std::string_view arn) {
    const std::int64_t layer = own_layer(arn);
    Statement remove(database_, "DELETE FROM tag WHERE arn = ? AND layer = ?");
    remove.bind_all(arn, layer);
    remove.run();
}

}  // namespace plocal::storage
