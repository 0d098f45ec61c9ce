// Reports each creation, status and deletion of a resource once, in the order of their moments: from what was changed,
// and from the timelines of the resources whose status the clock alone changes. Keeps those in memory, so it must be
// begun before, and costs nothing until then. On the thread that owns the world; every call may throw SqlError.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/base/instant.h"
#include "server/local/world/changed.h"
#include "server/service/lifecycle/clocks.h"
#include "storage/former_records.h"
#include "storage/store.h"

namespace plocal::world {

/// One status of a resource.
struct StatusNews {
    std::string arn;
    std::string kind;
    storage::Owner owner;
    std::string status;  // as it is stored; empty for the creation of a resource of a kind without a status
    base::Instant at{};
    std::string cause;  // as in a history
};

class StatusFeed {
public:
    /// Both must outlive this.
    StatusFeed(storage::Store& store, lifecycle::Clocks& clocks) : store_(store), clocks_(clocks) {}

    /// Reports what happens from now on.
    void begin();

    /// Forgets all.
    void end();

    /// Takes in what has changed. Of accounts that were rebuilt, nothing that was before is reported.
    void take_in(const Changed& changed);

    /// Returns at most `most` statuses whose moment has come, and reads a part of what is not read yet.
    std::vector<StatusNews> take(std::size_t most);

    /// The machine time until there is more to take, or to read: zero for at once, nothing if no clock leads there.
    std::optional<std::chrono::milliseconds> next();

private:
    /// A resource whose status the clock will change.
    struct Upcoming {
        std::string kind;
        storage::Owner owner;
        storage::Timeline timeline;
        std::size_t reported = 0;  // how many statuses of its history
        base::Instant at{};        // when the next one begins
    };

    /// Resources that are to be read: those of an account that are in transition, or those of a layer, which are new.
    struct Reading {
        std::string account;
        std::int64_t layer = 0;
        base::Instant since{};  // statuses that began by then are not reported
        base::Instant at{};     // the position in the walk, as is `id`
        std::int64_t id = 0;
    };

    void read_account(const std::string& account);
    void read_some();
    void forget(const std::string& account);
    void compare(const storage::FormerRecord& former);
    void report(const storage::Record& record, const storage::Timeline& timeline, std::size_t from, base::Instant now);
    void report_removal(const storage::Record& former, const storage::Timeline& timeline, std::size_t from,
                        base::Instant now);
    void follow(const storage::Record& record, std::size_t reported, base::Instant since);
    void report_next(const std::string& account);
    void leave(const std::string& arn);

    storage::Store& store_;
    lifecycle::Clocks& clocks_;
    std::deque<StatusNews> ready_;
    std::deque<Reading> readings_;
    std::map<std::string, Upcoming, std::less<>> upcoming_;                         // by ARN
    std::map<std::string, std::set<std::pair<base::Instant, std::string>>> order_;  // by account: moment and ARN
};

}  // namespace plocal::world
