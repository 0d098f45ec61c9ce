#include "server/local/world/restorable.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace plocal::world {

void Restorables::note(const std::string& account, Restorable restorable) {
    for (const auto& [owner, part] : restorable.parts) {
        keep(part.layer);
        keep(part.moving);
    }
    while (account.empty() && !by_account_.empty()) forget(by_account_.begin());
    const auto former = by_account_.find(account);
    if (former != by_account_.end()) forget(former);
    by_account_.emplace(account, std::move(restorable));
}

void Restorables::note_moving(const std::string& account, const std::map<std::string, Restorable::Part>& parts) {
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) return;
    for (const auto& [owner, part] : parts) {
        Restorable::Part& noted = found->second.parts[owner];
        keep(part.moving);
        let_go(noted.moving);
        noted.moving = part.moving;
        noted.loaded_at = part.loaded_at;
    }
}

void Restorables::forget_accounts() {
    while (!by_account_.empty() && !by_account_.rbegin()->first.empty()) forget(std::prev(by_account_.end()));
}

const Restorable* Restorables::find(const std::string& account) const {
    const auto found = by_account_.find(account);
    return found == by_account_.end() ? nullptr : &found->second;
}

void Restorables::keep(std::int64_t layer) {
    if (layer != 0) layers_.hold(layer);
}

void Restorables::let_go(std::int64_t layer) {
    if (layer != 0) layers_.release(layer);
}

void Restorables::forget(Entries::iterator entry) {
    for (const auto& [owner, part] : entry->second.parts) {
        let_go(part.layer);
        let_go(part.moving);
    }
    by_account_.erase(entry);
}

bool is_at_its_moment(const Restorable& restorable, lifecycle::Clocks& clocks) {
    lifecycle::ClockReadings readings(clocks);
    return std::ranges::all_of(restorable.parts, [&readings](const auto& entry) {
        const auto& [owner, part] = entry;
        return part.moving == 0 || readings.now_of(owner) == part.loaded_at;
    });
}

}  // namespace plocal::world
