#include "server/local/world/restorable.h"

#include <algorithm>
#include <utility>

namespace plocal::world {
namespace {

/// Returns true for a visible layer, and for none at all.
bool is_live(std::int64_t layer, const std::vector<storage::Layer>& live) {
    return layer == 0 || std::ranges::find(live, layer, &storage::Layer::id) != live.end();
}

}  // namespace

void Restorables::note(const std::string& account, Restorable restorable) {
    if (account.empty()) by_account_.clear();
    by_account_.insert_or_assign(account, std::move(restorable));
}

void Restorables::note_moving(const std::string& account, const std::map<std::string, Restorable::Part>& parts) {
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) return;
    for (const auto& [owner, part] : parts) {
        Restorable::Part& noted = found->second.parts[owner];
        noted.moving = part.moving;
        noted.loaded_at = part.loaded_at;
    }
}

const Restorable* Restorables::find(const std::string& account, const std::vector<storage::Layer>& live) const {
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) return nullptr;
    const auto is_there = [&live](const auto& part) { return is_live(part.second.layer, live); };
    return std::ranges::all_of(found->second.parts, is_there) ? &found->second : nullptr;
}

const snapshot::SettingsSections* Restorables::sections(const std::string& account) const {
    const auto found = by_account_.find(account);
    return found == by_account_.end() ? nullptr : &found->second.sections;
}

bool is_at_its_moment(const Restorable& restorable, const std::vector<storage::Layer>& live,
                      lifecycle::Clocks& clocks) {
    lifecycle::ClockReadings readings(clocks);
    return std::ranges::all_of(restorable.parts, [&](const auto& entry) {
        const auto& [owner, part] = entry;
        return part.moving == 0 || (is_live(part.moving, live) && readings.now_of(owner) == part.loaded_at);
    });
}

}  // namespace plocal::world
