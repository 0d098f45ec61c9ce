// The clocks of all tenants. For one thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/service/lifecycle/clock.h"

namespace plocal::lifecycle {

class Clocks {
public:
    explicit Clocks(const Clock& common) : common_(common) {}

    /// The clock that an account lives by: its own, else the common one, which is also that of no account ("").
    /// Lives until the account's own clock is set up or forgotten.
    Clock& of(std::string_view account);

    /// Gives an account a clock of its own, or another one; for "" the common one is replaced.
    void put(std::string_view account, const Clock& clock);

    /// Has an account follow the common clock again.
    void forget(std::string_view account);

    bool has_own(std::string_view account) const { return own_.find(account) != own_.end(); }

    /// The accounts that have a clock of their own.
    std::vector<std::string> accounts() const;

private:
    Clock common_;
    std::map<std::string, Clock, std::less<>> own_;
};

/// What time it is for whom, during one request: each clock is read once. Both must outlive it.
class ClockReadings {
public:
    explicit ClockReadings(Clocks& clocks) : clocks_(clocks) {}

    base::Instant now_of(std::string_view account);

    /// From here on it is this moment for everybody.
    void fix_at(base::Instant moment) { standing_ = moment; }

private:
    Clocks& clocks_;
    std::vector<std::pair<const Clock*, base::Instant>> readings_;  // one or two, as a rule
    std::optional<base::Instant> standing_;
};

}  // namespace plocal::lifecycle
