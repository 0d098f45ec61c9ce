// The clocks of all accounts, and readings that stay fixed during a request. For one thread at a time.
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

    /// The account's own clock, or the common one where it has none. "" names the common one. The reference lives until
    /// that account's clock is put or forgotten.
    Clock& of(std::string_view account);

    /// Sets the account's own clock; "" replaces the common one.
    void put(std::string_view account, const Clock& clock);

    /// Drops the account's own clock, so that it follows the common one. Does nothing where it has none.
    void forget(std::string_view account);

    bool has_own(std::string_view account) const { return own_.find(account) != own_.end(); }

    /// The accounts with a clock of their own, in order.
    std::vector<std::string> accounts() const;

private:
    Clock common_;
    std::map<std::string, Clock, std::less<>> own_;
};

/// The readings of one request: each clock is read once, at its first use. The clocks must outlive this.
class ClockReadings {
public:
    explicit ClockReadings(Clocks& clocks) : clocks_(clocks) {}

    /// Service time for this account, the same at every call.
    base::Instant now_of(std::string_view account);

    /// From here on every account reads this moment.
    void fix_at(base::Instant moment) { fixed_ = moment; }

private:
    Clocks& clocks_;
    std::vector<std::pair<const Clock*, base::Instant>> readings_;  // rarely more than two
    std::optional<base::Instant> fixed_;
};

}  // namespace plocal::lifecycle
