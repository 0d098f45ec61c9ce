// Remembers the layers that a reset can go back to by dropping all others, instead of reading documents again. On the
// thread that owns the world.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "server/base/instant.h"
#include "server/local/snapshot/settings_section.h"
#include "server/service/lifecycle/clocks.h"
#include "storage/layer_repository.h"

namespace plocal::world {

/// What a reset has loaded: the restorable layers, and the settings of the documents.
struct Restorable {
    struct Part {
        std::int64_t layer = 0;
        base::Instant loaded_at{};  // by the clock of the account
    };

    std::map<std::string, Part> parts;  // by account
    snapshot::SettingsSections sections;
    bool depends_on_moment = false;  // at another moment the documents would give other resources
};

class Restorables {
public:
    /// Notes what a reset of an account, or of everybody where it is "", has loaded.
    void note(const std::string& account, Restorable restorable);

    /// Returns what a reset of an account can go back to, or null where its layers are no longer visible, or would be
    /// others by these clocks.
    const Restorable* find(const std::string& account, const std::vector<storage::Layer>& live,
                           lifecycle::Clocks& clocks) const;

    /// Returns the settings of what was noted for an account, or null.
    const snapshot::SettingsSections* sections(const std::string& account) const;

private:
    std::map<std::string, Restorable> by_account_;
};

}  // namespace plocal::world
