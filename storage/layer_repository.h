// Stores layers: sets of an account's resources and tags that are visible or invisible as a whole. The only room that
// writes the tables layer and live_layer. On the thread that owns the database. Every call may throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/row_sweep.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

struct Layer {
    std::int64_t id = 0;
    std::string account;  // twelve digits; empty for what AWS owns

    bool operator==(const Layer&) const = default;
};

/// What happens when a resource of a layer is changed or removed while the layer is visible.
enum class LayerUse {
    plain,       // it is changed in place
    restorable,  // it is hidden, and comes back when the layer of its successor is dropped
};

class LayerRepository {
public:
    /// Both must outlive the repository.
    LayerRepository(sqlite::Database& database, RowSweep& rows) : database_(database), rows_(rows) {}

    /// Looks for layers that a former process left unfinished. To be called once, before any other function.
    void resume();

    /// Returns a visible plain layer of the account, which is added if there is none. Needs a transaction.
    std::int64_t of_changes(std::string_view account);

    /// Adds an invisible layer, which `sweep` leaves alone until it is shown or dropped.
    std::int64_t add(std::string_view account, LayerUse use);

    /// Makes a layer visible.
    void show(std::int64_t id);

    /// Makes a layer invisible. Its rows stay until `sweep` removes them.
    void drop(std::int64_t id);

    /// The same for a layer that was added and never shown. Stores nothing.
    void give_up(std::int64_t id) noexcept;

    /// Lets `sweep` leave a layer alone, also if it is dropped, until it is released as often as it was held. Stores
    /// nothing.
    void hold(std::int64_t id) { ++held_[id]; }
    void release(std::int64_t id);

    /// Returns the visible layers, oldest first, plain ones after restorable ones.
    std::vector<Layer> live();

    /// Returns false if `sweep` has nothing to do.
    bool may_have_dropped() const;

    /// Removes at most about `limit` rows of layers that were dropped, or that a former process left unfinished, and
    /// then rows that no dataset shows any more.
    /// Returns false if nothing was left to remove. Several statements: call it inside a transaction.
    bool sweep(std::size_t limit);

private:
    void sweep_one(std::int64_t id, std::size_t limit);

    sqlite::Database& database_;
    RowSweep& rows_;
    std::set<std::int64_t> staged_;     // added, and neither shown nor dropped
    std::map<std::int64_t, int> held_;  // how often
    bool may_have_dropped_ = false;
    std::int64_t failures_ = 0;  // of the database, when this was set: afterwards nothing is sure
};

}  // namespace plocal::storage
