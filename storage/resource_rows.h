// Writes rows of the tables resource and resource_reference in layers. For the repositories of this folder alone, on
// the thread that owns the database. Every call may throw SqlError and needs a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/layer_repository.h"
#include "storage/record.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

class ResourceRows {
public:
    /// Both must outlive this.
    ResourceRows(sqlite::Database& database, LayerRepository& layers) : database_(database), layers_(layers) {}

    /// Inserts a record with its references under a new id. Returns false and changes nothing if the layer has the ARN.
    /// Throws std::invalid_argument if `to_text` does for the timeline.
    bool insert(std::int64_t layer, const Record& record, const std::vector<Reference>& references);

    /// Makes a row one that may be changed. If its layer is restorable, moves it to a plain layer, and leaves a hidden
    /// copy with another id in its former layer. Does nothing if there is no such row.
    void preserve(std::int64_t id);

    /// Removes a row, or hides it if its layer is restorable. Returns false if there is no such row.
    bool remove(std::int64_t id);

    /// Replaces the references of a row that may be changed. Stores a target that is referenced twice once.
    void replace_references(std::int64_t id, const std::vector<Reference>& references);

    /// The highest id that was given so far.
    std::int64_t last_id();

private:
    struct Place {
        std::int64_t layer = 0;
        std::string account;
    };

    std::optional<Place> place_of(std::int64_t id);
    void insert_references(std::int64_t id, const std::vector<Reference>& references);

    sqlite::Database& database_;
    LayerRepository& layers_;
    std::int64_t last_id_ = 0;  // 0 until it is read
};

}  // namespace plocal::storage
