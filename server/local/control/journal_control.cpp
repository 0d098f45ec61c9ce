#include "server/local/control/journal_control.h"

#include "server/local/control/parameters.h"

namespace plocal::control {

using world::World;

std::string get_requests(World& world, const ControlCall& call) {
    telemetry::JournalFilter filter;
    if (!call.account.empty()) filter.account = call.account;
    filter.operation = call.parameter("operation");
    filter.arn = call.parameter("arn");
    filter.result = call.parameter("result");
    filter.rule = call.parameter("rule");
    filter.id = call.parameter("id");
    filter.after = call.parameter("after");
    filter.has_bodies = flag(call, "bodies");
    filter.limit = number(call, "limit");
    return world.journal().to_json(filter);
}

std::string delete_requests(World& world, const ControlCall& call) {
    if (call.account.empty()) {
        world.journal().clear();
    } else {
        world.journal().clear(call.account);
    }
    return get_requests(world, call);
}

}  // namespace plocal::control
