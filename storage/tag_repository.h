// Stores tags by ARN: the only room that reads or writes the table tag. On the thread that owns the database. Every
// call may throw SqlError.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::storage {

namespace sqlite {
class Database;
}

struct Tag {
    std::string key;
    std::string value;

    bool operator==(const Tag&) const = default;
};

class TagRepository {
public:
    /// The database must outlive the repository.
    explicit TagRepository(sqlite::Database& database);

    /// Adds these tags to those of the ARN, whether or not such a resource exists. An existing key gets the new value.
    /// Of tags with the same key the last one counts. Several statements: call it inside a transaction.
    void put(std::string_view arn, const std::vector<Tag>& tags);

    /// Returns the tags of this ARN, in order of the keys' bytes.
    std::vector<Tag> list(std::string_view arn);

    /// Removes the tags with these keys. Ignores keys that the ARN does not have.
    void remove(std::string_view arn, const std::vector<std::string>& keys);

    /// Removes all tags of one ARN.
    void remove(std::string_view arn);

    /// Removes all tags, or those of one account's ARNs.
    void clear();
    void clear(std::string_view account);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
