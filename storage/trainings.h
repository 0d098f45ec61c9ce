// Stores what solution versions and recommenders know: the only room that reads or writes the table training, but for
// rows of dropped layers. On the thread that owns the database. Every call may throw SqlError.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/base/instant.h"
#include "storage/layer_repository.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

/// The rows of its dataset group that something trained knows.
struct Training {
    std::int64_t revision = 0;  // it knows what is seen then
    base::Instant at{};         // when its training began

    bool operator==(const Training&) const = default;
};

class Trainings {
public:
    /// Both must outlive the repository.
    Trainings(sqlite::Database& database, LayerRepository& layers) : database_(database), layers_(layers) {}

    /// Returns the latest training of a resource, or nothing where none is stored.
    std::optional<Training> find(std::string_view arn);

    /// Stores the latest training of a resource of this account. Several statements: needs a transaction.
    void put(std::string_view arn, std::string_view account, const Training& training);

    /// The same in a layer, visible or not.
    void stage(std::int64_t layer, std::string_view arn, const Training& training);

    /// Removes the trainings of a resource that were stored while it was visible.
    void remove(std::string_view arn);

private:
    sqlite::Database& database_;
    LayerRepository& layers_;
};

}  // namespace plocal::storage
