#include "server/control/clock_control.h"

#include <algorithm>

#include "server/control/control_error.h"
#include "server/control/settings_json.h"
#include "server/lifecycle/duration.h"
#include "server/lifecycle/iso8601.h"

namespace plocal::control {
namespace {

using lifecycle::Clock;
using lifecycle::ClockMode;
using model::Json;
using storage::Instant;

}  // namespace

Json get_clock(World& world, const ControlCall& call) {
    return to_json(world.clocks().of(call.account).state());
}

Json put_clock(World& world, const ControlCall& call) {
    std::vector<lifecycle::Problem> problems;
    const ClockChange change = read_clock_change(call.json(), problems);
    refuse_problems(problems);
    Clock clock = world.clocks().of(call.account);
    const Instant now = clock.now();
    const lifecycle::ClockState state = clock.state();
    const bool is_frozen = change.is_frozen.value_or(state.mode == ClockMode::frozen);
    const Instant moment = change.now.value_or(now);
    if (moment < now) {
        if (world.has_recorded(call.account)) {
            throw ControlError(409,
                               "time never runs back: it is " + lifecycle::iso8601(now) +
                                   " already, and a call has been answered since; choose a later moment",
                               "/now");
        }
        clock = Clock::frozen(moment);
    }
    clock.set(is_frozen ? ClockMode::frozen : ClockMode::real, change.speed.value_or(state.speed));
    if (moment > now) clock.jump_to(moment);
    world.clocks().put(call.account, clock);
    world.keep_clock(call.account);
    return to_json(clock.state());
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
        moment = std::max(now, world.idle_moment(call.account).value_or(now));
    } else {
        throw ControlError(400, "expected \"idle\", found " + lifecycle::excerpt(body["until"]), "/until");
    }
    clock.jump_to(moment);
    world.clocks().put(call.account, clock);
    world.keep_clock(call.account);
    return to_json(clock.state());
}

}  // namespace plocal::control
