// The work that the service does by itself at a certain time: removing deleted resources, applying finished updates,
// and running the due hooks of kinds. It is done in slices, so that no request waits long for it. On the thread that
// owns the store.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/context.h"
#include "server/service/resources/hooks.h"
#include "server/service/resources/quota_overrides.h"
#include "storage/store.h"

namespace plocal::resources {

/// The names under which due work of all kinds is counted.
inline constexpr std::string_view removals = "removals";
inline constexpr std::string_view updates = "updates";

/// The input of due work.
struct DueContext {
    storage::Store& store;
    const ServiceSettings& settings;
    const lifecycle::PlanOverrides& plans;
    const QuotaOverrides& quotas;
    const HookTable& hooks;
};

/// An account whose due work is to be done, and until when on its clock.
struct DueAccount {
    std::string account;
    base::Instant until{};
};

/// What due work has done.
struct DueDone {
    std::int64_t pieces = 0;                                  // of work, whether or not they had an effect
    std::map<std::string, std::int64_t, std::less<>> counts;  // by what was done: "trainings"; none is zero
    std::map<std::string, std::int64_t> notes;                // lines for the log, and how often each was noted

    void add(const DueDone& more);
};

/// The result of one slice of due work.
struct DueSlice {
    bool is_complete = false;  // nothing is left
    base::Instant reached{};   // no piece that was due before is left; others may see the world as it is then
    DueDone done;
    std::set<std::string> touched;  // the accounts whose due work was looked for
};

/// Does work of these accounts, each piece with the time at which it was due, in order of that time. Stops after so
/// many pieces, and begins none after `end`, but does one in any case. Call it inside a transaction, and `refresh` of
/// DueRepository for each account that it touched once that is committed. Throws SqlError.
DueSlice run_due(const DueContext& due, const std::vector<DueAccount>& accounts, lifecycle::ClockReadings readings,
                 std::int64_t most_pieces, std::chrono::steady_clock::time_point end);

}  // namespace plocal::resources
