// The due work of all clocks (resources/due.h), and the moves of clocks by calls: both go slice by slice, so that other
// requests are answered in between. On the thread that owns the world.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/world/tenant_settings.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/resources/context.h"
#include "server/service/resources/due.h"
#include "storage/store.h"

namespace plocal::world {

/// A clock with work that is due. A clock is named by its account, "" for the common one.
struct BehindClock {
    std::string clock;
    base::Instant since{};  // nothing was due earlier
};

/// A move of one clock to a later moment. While it is open, no other move of the clock begins, and all work that is due
/// on it is counted here.
struct ClockMove {
    std::string clock;
    resources::DueDone done;
    bool is_open = true;
};

class DueWork {
public:
    using RealTime = std::chrono::steady_clock::time_point;

    /// All must outlive this.
    DueWork(storage::Store& store, const resources::ServiceSettings& settings, TenantSettings& tenants,
            std::vector<std::string>& notes)
        : store_(store), settings_(settings), tenants_(tenants), notes_(notes) {}

    /// Returns the clocks with work that is due by now; with an account, its clock alone. Costs next to nothing where
    /// there is none. Throws SqlError.
    std::vector<BehindClock> behind(lifecycle::ClockReadings& readings, const std::optional<std::string>& account = {});

    /// Does one slice of the work that is due by now on this clock, in a transaction. Returns true if none is left.
    /// Throws SqlError.
    bool run_slice(const std::string& clock, lifecycle::ClockReadings& readings, RealTime end);

    /// Does one slice of the work that is due by now, on all clocks. Returns true if none is left. Throws SqlError.
    bool run_slice(lifecycle::ClockReadings& readings);

    /// Does a slice of the work that is due by `until` on this clock. Call it inside a transaction, and then `commit`.
    /// Throws SqlError.
    resources::DueSlice run_until(const std::string& clock, base::Instant until, RealTime end);

    /// Takes in what a slice has done. To be called once its transaction is committed. Throws SqlError.
    void committed(const std::string& clock, const resources::DueSlice& slice);

    /// When a slice that begins now ends.
    RealTime end_of_slice() const { return std::chrono::steady_clock::now() + settings_.due.slice_time; }

    /// Begins a move of this clock. Returns null while another move of it is open.
    std::shared_ptr<ClockMove> begin_move(const std::string& clock);

    /// Adds a line for the log.
    void note(std::string line) { notes_.push_back(std::move(line)); }

    /// Ends a move and notes for the log what it could not do. Does nothing for one that has ended.
    void end_move(ClockMove& move);

private:
    std::string_view clock_of(const std::string& account) const;
    resources::DueSlice run(const std::vector<resources::DueAccount>& accounts, RealTime end);
    std::vector<resources::DueAccount> accounts_on(const std::string& clock);
    void report(const resources::DueDone& done);

    storage::Store& store_;
    const resources::ServiceSettings& settings_;
    TenantSettings& tenants_;
    std::vector<std::string>& notes_;
    std::map<std::string, std::weak_ptr<ClockMove>> moves_;  // by clock
    std::map<std::string, resources::DueDone> unreported_;   // by clock, until none of its work is left
};

}  // namespace plocal::world
