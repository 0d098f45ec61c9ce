#include "server/local/control/events_control.h"

#include "server/local/control/control_error.h"
#include "server/local/control/parameters.h"

namespace plocal::control {

using world::World;

std::string get_events(World& world, const ControlCall& call) {
    telemetry::EventFilter filter;
    if (!call.account.empty()) filter.account = call.account;
    filter.tracking_id = call.parameter("trackingId");
    filter.dataset_arn = call.parameter("datasetArn");
    filter.user_id = call.parameter("userId");
    filter.session_id = call.parameter("sessionId");
    if (const auto outcome = call.parameter("outcome")) {
        filter.outcome = telemetry::outcome_of(*outcome);
        if (!filter.outcome) refuse_value("outcome", "stored, ignored or refused", *outcome);
    }
    filter.after = number(call, "after", "the `next` of a page");
    filter.limit = number(call, "limit");
    return world.events().to_json(filter);
}

std::string delete_events(World& world, const ControlCall& call) {
    if (call.account.empty()) {
        world.events().clear();
    } else {
        world.events().clear(call.account);
    }
    return get_events(world, call);
}

}  // namespace plocal::control
