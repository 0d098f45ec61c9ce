#include "server/local/world/due_work.h"

#include <algorithm>

#include "server/service/operations/registry.h"

namespace plocal::world {

using base::Instant;
using resources::DueAccount;
using resources::DueDone;
using resources::DueSlice;

std::string_view DueWork::clock_of(const std::string& account) const {
    return tenants_.clocks.has_own(account) ? std::string_view(account) : std::string_view();
}

std::vector<BehindClock> DueWork::behind(lifecycle::ClockReadings& readings,
                                         const std::optional<std::string>& account) {
    std::vector<BehindClock> behind;
    for (const auto& [owner, moment] : store_.due().earliest()) {
        if (moment > readings.now_of(owner)) continue;
        const std::string_view clock = clock_of(owner);
        if (account && clock != clock_of(*account)) continue;
        const auto known = std::ranges::find(behind, clock, &BehindClock::clock);
        if (known == behind.end()) {
            behind.push_back({std::string(clock), moment});
        } else {
            known->since = std::min(known->since, moment);
        }
    }
    return behind;
}

bool DueWork::run_slice(const std::string& clock, lifecycle::ClockReadings& readings, RealTime end) {
    std::vector<DueAccount> accounts = accounts_on(clock);
    for (DueAccount& each : accounts) each.until = readings.now_of(each.account);
    storage::sqlite::Transaction transaction = store_.begin();
    const DueSlice slice = run(accounts, end);
    transaction.commit();
    committed(clock, slice);
    return slice.is_complete;
}

bool DueWork::run_slice(lifecycle::ClockReadings& readings) {
    const RealTime end = end_of_slice();
    return std::ranges::all_of(behind(readings),
                               [&](const BehindClock& each) { return run_slice(each.clock, readings, end); });
}

DueSlice DueWork::run_until(const std::string& clock, Instant until, RealTime end) {
    std::vector<DueAccount> accounts = accounts_on(clock);
    for (DueAccount& each : accounts) each.until = until;
    return run(accounts, end);
}

void DueWork::committed(const std::string& clock, const DueSlice& slice) {
    for (const std::string& account : slice.touched) store_.due().refresh(account);
    const auto found = moves_.find(clock);
    const std::shared_ptr<ClockMove> move = found == moves_.end() ? nullptr : found->second.lock();
    if (move && move->is_open) {
        move->done.add(slice.done);
        return;
    }
    DueDone& unreported = unreported_[clock];
    unreported.add(slice.done);
    if (!slice.is_complete) return;
    report(unreported);
    unreported_.erase(clock);
}

std::shared_ptr<ClockMove> DueWork::begin_move(const std::string& clock) {
    std::weak_ptr<ClockMove>& known = moves_[clock];
    const std::shared_ptr<ClockMove> other = known.lock();
    if (other && other->is_open) return nullptr;
    auto move = std::make_shared<ClockMove>(ClockMove{.clock = clock, .done = {}});
    known = move;
    return move;
}

void DueWork::end_move(ClockMove& move) {
    if (!move.is_open) return;
    move.is_open = false;
    moves_.erase(move.clock);
    report(move.done);
}

DueSlice DueWork::run(const std::vector<DueAccount>& accounts, RealTime end) {
    return resources::run_due({store_, settings_, tenants_.plans, tenants_.quotas, operations::hooks()}, accounts,
                              lifecycle::ClockReadings(tenants_.clocks), settings_.due.slice_pieces, end);
}

std::vector<DueAccount> DueWork::accounts_on(const std::string& clock) {
    std::vector<DueAccount> accounts;
    for (const auto& [account, moment] : store_.due().earliest()) {
        if (clock_of(account) == clock) accounts.push_back({account, {}});
    }
    return accounts;
}

void DueWork::report(const DueDone& done) {
    for (const auto& [note, count] : done.notes) {
        notes_.push_back(count == 1 ? note : note + " (" + std::to_string(count) + " times)");
    }
}

}  // namespace plocal::world
