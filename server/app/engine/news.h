// What streams report: statuses of resources, requests, and changes of clocks, rules and the whole state, each as the
// text of one server-sent event. Costs nothing while it is not wanted. On the thread that owns the world. Failures of
// the store are logged; nothing is thrown.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/log.h"
#include "server/local/telemetry/journal_entry.h"
#include "server/local/world/status_feed.h"
#include "server/local/world/world.h"

namespace plocal::engine {

/// One event of a stream.
struct StreamEvent {
    std::string_view name;   // "resource"
    std::string account;     // empty: of none
    bool is_common = false;  // for the streams of all accounts
    std::string data;        // JSON, one line
};

class News {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// Both must outlive this.
    News(world::World& world, base::Log& log)
        : world_(world), log_(log), statuses_(world.store(), world.tenants().clocks) {}

    /// Whether there are streams.
    bool is_wanted() const { return is_wanted_; }

    /// Begins to collect what happens from now on. Does nothing where that was begun.
    void begin();

    /// Forgets all.
    void end();

    /// Adds a request. Call it only while news are wanted.
    void add_request(const telemetry::JournalEntry& entry);

    /// Returns the events since the last call: what has changed, and the statuses whose moment has come. Of very many
    /// statuses it returns a part, and the next part a little later, so that streams can keep up. `is_busy` says that
    /// they do not: each part waits up to a second for them.
    std::vector<StreamEvent> take(const world::Changed& changed, bool is_busy);

    /// When `take` is to be called again at the latest.
    Moment next_take();

    /// Returns true where due work would change resources now: where time alone removes or creates some.
    bool has_due_work();

private:
    void add_settings(const world::Changed& changed);
    void add_statuses(const world::Changed& changed, bool is_busy);
    void add_status(const world::StatusNews& news);
    void log_failure(const char* reason);

    world::World& world_;
    base::Log& log_;
    world::StatusFeed statuses_;
    bool is_wanted_ = false;
    std::vector<StreamEvent> events_;
    Moment next_part_{};      // no statuses are taken before
    Moment patient_until_{};  // nor before this one while streams are busy
};

}  // namespace plocal::engine
