#include "server/local/control/wait_control.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "server/base/duration.h"
#include "server/base/iso8601.h"
#include "server/local/control/control_error.h"
#include "server/local/control/parameters.h"
#include "server/local/control/resource_control.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/kinds.h"

namespace plocal::control {
namespace {

using base::Json;
using resources::Kind;
using storage::Record;
using world::World;

std::string present_status(World& world, const Kind& kind, std::string_view status) {
    return std::string(resources::displayed_status(kind, status, world.settings().status_names));
}

bool is_gone(World& world, const Wait& wait) {
    if (world.store().resources().find(wait.arn)) return false;
    const auto arn = resources::parse_arn(wait.arn);
    const bool can_be_deleted =
        arn && std::ranges::any_of(resources::kinds(), [&arn](const Kind& kind) {
            return resources::is_arn_of(kind, *arn) &&
                   (kind.removed_with_parent || resources::deletion_transition(kind) != nullptr);
        });
    return can_be_deleted && (wait.was_there || wait.status == lifecycle::deleted);
}

Json deleted_json(World& world, const Wait& wait) {
    if (wait.status && *wait.status != lifecycle::deleted) {
        throw ControlError(409, "it is DELETED and cannot reach " + *wait.status + " any more");
    }
    const base::Instant now = world.tenants().clocks.of(resources::parse_arn(wait.arn)->account).now();
    return {{"arn", wait.arn}, {"status", lifecycle::deleted}, {"lastUpdatedDateTime", base::iso8601(now)}};
}

}  // namespace

LongCall wait(World& world, const ControlCall& call) {
    Wait first = read_wait(call, std::chrono::steady_clock::now());
    return {first.arn, [&world, wait = std::move(first)](RealTime now, bool is_stopping) mutable {
                wait.is_given_up = is_stopping;
                Checked checked = check_wait(world, wait, now);
                wait.was_there = true;
                return checked;
            }};
}

Wait read_wait(const ControlCall& call, RealTime now) {
    constexpr std::string_view default_timeout = "30s";
    const std::string arn = required_arn(call);
    const std::string text = call.parameter("timeout").value_or(std::string(default_timeout));
    // The server does not notice that a client has gone. The limit bounds how long it keeps the wait.
    constexpr std::chrono::hours longest_timeout(1);
    const auto timeout = base::parse_duration(text);
    if (!timeout || *timeout > longest_timeout) {
        refuse_value("timeout", "a duration such as 250ms, 2s or 5m, of one hour at most", text);
    }
    return {.arn = arn, .status = call.parameter("status"), .account = call.account, .until = now + *timeout};
}

Checked check_wait(World& world, const Wait& wait, RealTime now) {
    if (is_gone(world, wait)) return deleted_json(world, wait);
    const Record record = find_with_status(world, wait.account, wait.arn);
    const Kind& kind = resources::kind_named(record.kind);
    lifecycle::Clock& clock = world.tenants().clocks.of(record.owner.account);
    const base::Instant moment = clock.now();
    const std::string_view present = lifecycle::state_at(record.timeline, moment).status;
    const std::string_view wanted = wait.status ? known_status(kind, *wait.status, "") : std::string_view();
    if (wait.status ? present == wanted : lifecycle::is_terminal(present))
        return state_json(world, kind, record, moment);
    const std::string is = "it is " + present_status(world, kind, present);
    if (wait.status && !lifecycle::can_reach(record.timeline, wanted, moment, kind.transitions)) {
        throw ControlError(409, is + " and cannot reach " + *wait.status + " by itself any more");
    }
    if (wait.is_given_up) throw ControlError(503, "the server stops; " + is);
    if (now >= wait.until) throw ControlError(408, "there is no time left; " + is);
    const auto change = lifecycle::next_change(record.timeline, moment);
    const auto left = change ? clock.real_time_until(*change) : std::nullopt;
    if (!left) return wait.until;
    const auto time_left = std::chrono::ceil<std::chrono::milliseconds>(wait.until - now);
    // At least a millisecond: the clock is read in whole milliseconds, and may be one behind.
    return now + std::clamp(*left, std::chrono::milliseconds(1), std::max(time_left, std::chrono::milliseconds(1)));
}

}  // namespace plocal::control
