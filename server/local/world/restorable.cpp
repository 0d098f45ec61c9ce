#include "server/local/world/restorable.h"

#include <algorithm>
#include <utility>

namespace plocal::world {

void Restorables::note(const std::string& account, Restorable restorable) {
    if (account.empty()) by_account_.clear();
    by_account_.insert_or_assign(account, std::move(restorable));
}

const Restorable* Restorables::find(const std::string& account, const std::vector<storage::Layer>& live,
                                    lifecycle::Clocks& clocks) const {
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) return nullptr;
    lifecycle::ClockReadings readings(clocks);
    for (const auto& [owner, part] : found->second.parts) {
        if (std::ranges::find(live, part.layer, &storage::Layer::id) == live.end()) return nullptr;
        if (found->second.depends_on_moment && readings.now_of(owner) != part.loaded_at) return nullptr;
    }
    return &found->second;
}

const snapshot::SettingsSections* Restorables::sections(const std::string& account) const {
    const auto found = by_account_.find(account);
    return found == by_account_.end() ? nullptr : &found->second.sections;
}

}  // namespace plocal::world
