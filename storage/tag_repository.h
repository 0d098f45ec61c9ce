// Tags by the ARN that they hang on: the only place that reads or writes the table tag. For the one thread that owns
// the database. Every call may throw SqlError.
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

    /// Adds these tags to those of the ARN, whether or not it is a resource's; a key that is there gets the new
    /// value, a key given twice the last one. Several statements: call it inside a transaction.
    void put(std::string_view arn, const std::vector<Tag>& tags);

    /// The tags of this ARN in order of key, byte by byte.
    std::vector<Tag> list(std::string_view arn);

    /// Removes the tags of these keys; keys that are not there are passed over.
    void remove(std::string_view arn, const std::vector<std::string>& keys);

    /// Removes all tags of one ARN.
    void remove(std::string_view arn);

    /// Removes all tags, or those of an account's ARNs.
    void clear();
    void clear(std::string_view account);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
