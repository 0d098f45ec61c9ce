// Stores tags by ARN: the only room that reads or writes the table tag, but for rows of dropped layers. On the thread
// that owns the database. Every call may throw SqlError.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/layer_repository.h"

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
    /// Both must outlive the repository.
    TagRepository(sqlite::Database& database, LayerRepository& layers) : database_(database), layers_(layers) {}

    /// Adds these tags to those of the ARN, whether or not such a resource exists. An existing key gets the new value.
    /// Of tags with the same key the last one counts. Several statements: call it inside a transaction.
    void put(std::string_view arn, const std::vector<Tag>& tags);

    /// The same in a layer, visible or not.
    void stage(std::int64_t layer, std::string_view arn, const std::vector<Tag>& tags);

    /// Returns the tags of this ARN, in order of the keys' bytes.
    std::vector<Tag> list(std::string_view arn);

    using TagsByArn = std::map<std::string, std::vector<Tag>, std::less<>>;

    /// The same for many ARNs, without those that have no tags.
    TagsByArn list_all(std::span<const std::string_view> arns);

    /// Removes the tags with these keys. Ignores keys that the ARN does not have. Several statements: call it inside a
    /// transaction.
    void remove(std::string_view arn, const std::vector<std::string>& keys);

    /// Removes all tags of one ARN. Several statements: call it inside a transaction.
    void remove(std::string_view arn);

private:
    std::int64_t own_layer(std::string_view arn);

    sqlite::Database& database_;
    LayerRepository& layers_;
};

}  // namespace plocal::storage
