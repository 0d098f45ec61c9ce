#include "server/control/clock_control.h"

#include <algorithm>

#include "server/control/control_error.h"
#include "server/fixtures/settings_json.h"
#include "server/lifecycle/duration.h"
#include "server/lifecycle/iso8601.h"

namespace plocal::control {
namespace {

using lifecycle::Clock;
using model::Json;
using storage::Instant;

}  // namespace

Json get_clock(World& world, const ControlCall& call) {
    return fixtures::to_json(world.clocks().of(call.account).state());
}

Json put_clock(World& world, const ControlCall& call) {
    std::vector<lifecycle::Problem> problems;
    const fixtures::ClockChange change = fixtures::read_clock_change(call.json(), problems);
    refuse_problems(problems);
    Clock clock = world.clocks().of(call.account);
    const Instant now = clock.now();
    if (change.now && *change.now < now && world.has_recorded(call.account)) {
        throw ControlError(
            409,
            "time never runs back: it is " + lifecycle::iso8601(now) +
                R"( already, and something has been recorded; choose a later moment, or POST /_local/reset first)",
            "/now");
    }
    clock = change.applied_to(clock);
    world.put_clock(call.account, clock);
    return fixtures::to_json(clock.state());
}

Json advance_clock(World& world, const ControlCall& call) {
    const Json body = call.json();
    if (!body.is_object() || body.size() != 1 || !(body.contains("by") || body.contains("until"))) {
        throw ControlError(400, R"(expected {"by": "90s"} or {"until": "idle"}, found )" + lifecycle::excerpt(body));
    }
    Clock clock = world.clocks().of(call.account);
    const Instant now = clock.now();
    Instant moment = now;
    if (body.contains("by")) {
        const auto* const text = body["by"].get_ptr<const std::string*>();
        const auto by = text == nullptr ? std::nullopt : lifecycle::parse_duration(*text);
        if (!by) {
            throw ControlError(
                400, "expected " + std::string(lifecycle::duration_form) + ", found " + lifecycle::excerpt(body["by"]),
                "/by");
        }
        moment += *by;
    } else if (body["until"] == "idle") {
        moment = std::max(now, world.rest_moment(call.account).value_or(now));
    } else {
        throw ControlError(400, "expected \"idle\", found " + lifecycle::excerpt(body["until"]), "/until");
    }
    clock.jump_to(moment);
    world.put_clock(call.account, clock);
    return fixtures::to_json(clock.state());
}

}  // namespace plocal::control
