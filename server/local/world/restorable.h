// Remembers the layers that a reset can go back to by dropping all others, instead of reading documents again. On the
// thread that owns the world.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "server/base/instant.h"
#include "server/local/snapshot/settings_section.h"
#include "server/local/world/moving_fixtures.h"
#include "server/service/lifecycle/clocks.h"
#include "storage/layer_repository.h"
#include "storage/row_set.h"

namespace plocal::world {

/// What a reset has loaded: the restorable layers, and the settings of the documents.
struct Restorable {
    struct Part {
        std::int64_t layer = 0;     // of what is the same at every moment; 0 for none
        std::int64_t moving = 0;    // of moving fixtures; 0 for none
        base::Instant loaded_at{};  // by the clock of the account
    };

    std::map<std::string, Part> parts;            // by account
    std::map<std::string, storage::RowSet> rows;  // in the layers, see RowLoading::Sets
    snapshot::SettingsSections sections;
    std::shared_ptr<const MovingFixtures> moving;
};

class Restorables {
public:
    /// The repository must outlive this.
    explicit Restorables(storage::LayerRepository& layers) : layers_(layers) {}

    /// Notes what a reset of an account, or of everybody where it is "", has loaded. Its layers are kept, also while
    /// they are invisible, until something else is noted.
    void note(const std::string& account, Restorable restorable);

    /// Notes that the moving fixtures have been loaded again.
    void note_moving(const std::string& account, const std::map<std::string, Restorable::Part>& parts);

    /// Forgets what was noted for single accounts.
    void forget_accounts();

    /// Returns what a reset of an account can go back to, or null.
    const Restorable* find(const std::string& account) const;

private:
    using Entries = std::map<std::string, Restorable>;

    void keep(std::int64_t layer);
    void let_go(std::int64_t layer);
    void forget(Entries::iterator entry);

    storage::LayerRepository& layers_;
    Entries by_account_;
};

/// Returns true if the moving fixtures would be the same by these clocks.
bool is_at_its_moment(const Restorable& restorable, lifecycle::Clocks& clocks);

}  // namespace plocal::world
