#include "server/local/control/clock_control.h"

#include <algorithm>
#include <optional>
#include <string>

#include "server/base/duration.h"
#include "server/base/iso8601.h"
#include "server/local/control/control_error.h"
#include "server/local/snapshot/settings_json.h"
#include "server/service/resources/life.h"

namespace plocal::control {
namespace {

using base::Instant;
using base::Json;
using lifecycle::Clock;
using world::World;

const Instant latest = *base::parse_iso8601("9999-12-31T23:59:59Z");  // that can be written

/// When the last resource of this account, or that lives by the common clock, has come as far as time takes it.
std::optional<base::Instant> stable_moment(World& world, const std::string& account) {
    if (!account.empty()) return resources::latest_stable(world.store(), account);
    std::optional<base::Instant> latest;
    for (const std::string& each : world.store().counts().accounts()) {
        if (!world.clocks().has_own(each)) latest = std::max(latest, resources::latest_stable(world.store(), each));
    }
    return latest;
}

/// Goes on from rest to rest: what happens on the way may set out on a way of its own.
Instant until_idle(World& world, const std::string& account, Instant now) {
    constexpr int most_rounds = 100;  // a lifecycle longer than a schedule's period never rests
    for (int round = 0; round < most_rounds; ++round) {
        const Instant rest = stable_moment(world, account).value_or(now);
        if (rest <= now || rest > latest) break;
        now = rest;
        Clock clock = world.clocks().of(account);
        clock.jump_to(now);
        world.put_clock(account, clock);
        lifecycle::ClockReadings readings(world.clocks());
        world.run_due(readings);
    }
    return now;
}

}  // namespace

Json get_clock(World& world, const ControlCall& call) {
    return snapshot::to_json(world.clocks().of(call.account).state());
}

Json put_clock(World& world, const ControlCall& call) {
    std::vector<base::Problem> problems;
    const snapshot::ClockChange change = snapshot::read_clock_change(call.json(), problems);
    refuse_problems(problems);
    Clock clock = world.clocks().of(call.account);
    const Instant now = clock.now();
    const bool is_set_back = change.now && *change.now < now;
    if (is_set_back && world.has_activity(call.account)) {
        throw ControlError(
            409,
            "time never runs back: it is " + base::iso8601(now) +
                R"( already, and something has been recorded; choose a later moment, or POST /_local/reset first)",
            "/now");
    }
    clock = change.applied_to(clock);
    if (is_set_back) {
        world.set_clock_back(call.account, clock);
    } else {
        world.put_clock(call.account, clock);
    }
    return snapshot::to_json(clock.state());
}

Json advance_clock(World& world, const ControlCall& call) {
    const Json body = call.json();
    if (!body.is_object() || body.size() != 1 || !(body.contains("by") || body.contains("until"))) {
        throw ControlError(400, R"(expected {"by": "90s"} or {"until": "idle"}, found )" + base::excerpt(body));
    }
    Clock clock = world.clocks().of(call.account);
    const Instant now = clock.now();
    Instant moment = now;
    if (body.contains("by")) {
        const auto* const text = body["by"].get_ptr<const std::string*>();
        const auto by = text == nullptr ? std::nullopt : base::parse_duration(*text);
        if (!by) {
            throw ControlError(
                400, "expected " + std::string(base::duration_form) + ", found " + base::excerpt(body["by"]), "/by");
        }
        moment += *by;
    } else if (body["until"] == "idle") {
        moment = until_idle(world, call.account, now);
    } else {
        throw ControlError(400, "expected \"idle\", found " + base::excerpt(body["until"]), "/until");
    }
    if (moment > latest) {
        throw ControlError(400, "expected a moment before the year 10000, found " + base::iso8601(moment));
    }
    clock = world.clocks().of(call.account);
    clock.jump_to(moment);
    world.put_clock(call.account, clock);
    return snapshot::to_json(clock.state());
}

}  // namespace plocal::control
