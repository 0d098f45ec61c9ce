#include "storage/tag_repository.h"

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

TagRepository::TagRepository(sqlite::Database& database) : database_(database) {}

void TagRepository::put(std::string_view arn, const std::vector<Tag>& tags) {
    for (const Tag& tag : tags) {
        Statement put(database_,
                      "INSERT INTO tag (arn, key, value) VALUES (?, ?, ?) "
                      "ON CONFLICT (arn, key) DO UPDATE SET value = excluded.value");
        put.bind_all(arn, tag.key, tag.value);
        put.run();
    }
}

std::vector<Tag> TagRepository::list(std::string_view arn) {
    Statement rows(database_, "SELECT key, value FROM tag WHERE arn = ? ORDER BY key");
    rows.bind_all(arn);
    std::vector<Tag> tags;
    while (rows.step()) tags.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
    return tags;
}

void TagRepository::remove(std::string_view arn, const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
        Statement remove(database_, "DELETE FROM tag WHERE arn = ? AND key = ?");
        remove.bind_all(arn, key);
        remove.run();
    }
}

void TagRepository::remove(std::string_view arn) {
    Statement remove(database_, "DELETE FROM tag WHERE arn = ?");
    remove.bind_all(arn);
    remove.run();
}

void TagRepository::clear(std::string_view account) {
    const std::string of_account = "arn:*:personalize:*:" + std::string(account) + ":*";
    Statement clear(database_, "DELETE FROM tag WHERE arn GLOB ?");
    clear.bind_all(of_account);
    clear.run();
}

void TagRepository::clear() {
    Statement(database_, "DELETE FROM tag").run();
}

}  // namespace plocal::storage
