// Stores what solution versions and recommenders know: the only room that reads or writes the table training, but for
// rows of dropped layers. On the thread that owns the database. Every call may throw SqlError.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"
#include "storage/layer_repository.h"
#include "storage/row_sweep.h"

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

/// A solution version or recommender.
struct TrainedResource {
    std::string arn;
    std::string dataset_group;  // its ARN; "" where it is unknown
    std::string account;
};

class Trainings {
public:
    /// All must outlive the repository.
    Trainings(sqlite::Database& database, LayerRepository& layers, RowSweep& sweep)
        : database_(database), layers_(layers), sweep_(sweep) {}

    /// Returns the latest training of a resource, or nothing where none is stored.
    std::optional<Training> find(std::string_view arn);

    /// Stores the latest training of a resource. Several statements: needs a transaction.
    void put(const TrainedResource& resource, const Training& training);

    /// Stores that the clock begins a training at a later moment: the rows that it will know stay until it is put.
    /// Needs a transaction.
    void expect(const TrainedResource& resource, base::Instant at);

    /// Undoes `expect`.
    void expect_none(std::string_view arn);

    /// Stores a training in an invisible layer.
    void stage(std::int64_t layer, const TrainedResource& resource, const Training& training);

    /// Adds to the revisions of an invisible layer, by dataset group. A training without rows stays one.
    void lift(std::int64_t layer, const std::map<std::string, std::int64_t>& by);

    /// Removes the trainings of a resource that were stored while it was visible.
    void remove(std::string_view arn);

private:
    void store(std::int64_t layer, const TrainedResource& resource, std::optional<std::int64_t> revision,
               base::Instant at);

    sqlite::Database& database_;
    LayerRepository& layers_;
    RowSweep& sweep_;
};

}  // namespace plocal::storage
