// Writes rows of the tables resource and resource_reference in layers, and counts what it inserts in resource_count.
// Triggers count what changes or goes. For the repositories of this folder alone, on the thread that owns the database.
// Every call may throw SqlError and needs a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/layer_repository.h"
#include "storage/record.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

/// A resource for a layer. What it points to must outlive the call that inserts it.
struct NewResource {
    std::int64_t layer = 0;
    const Record* record = nullptr;
    const std::vector<Reference>* references = nullptr;
    bool is_inserted = false;  // set by that call
};

class ResourceRows {
public:
    /// Both must outlive this.
    ResourceRows(sqlite::Database& database, LayerRepository& layers) : database_(database), layers_(layers) {}

    /// Inserts records with their references under new ids. Leaves out those whose layer has the ARN. Throws
    /// std::invalid_argument if `to_text` does for a timeline.
    void insert(std::span<NewResource> resources);

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
    /// What the counts tell apart.
    struct Counted {
        std::int64_t layer = 0;
        std::string_view kind;
        std::string_view account;
        std::string_view stable_status;

        bool operator<(const Counted& other) const;
    };

    struct Place {
        std::int64_t layer = 0;
        std::string kind;
        std::string account;
        std::string stable_status;

        Counted counted() const { return {layer, kind, account, stable_status}; }
    };

    std::optional<Place> place_of(std::int64_t id);
    void mark_inserted(std::span<NewResource> resources, std::int64_t first_id, std::int64_t count);
    void count_inserted(std::span<const NewResource> resources);
    void insert_references(std::span<const NewResource> resources, std::int64_t first_id);
    void count(const Counted& row, std::int64_t n);

    sqlite::Database& database_;
    LayerRepository& layers_;
    std::int64_t last_id_ = 0;  // 0 until it is read
};

}  // namespace plocal::storage
