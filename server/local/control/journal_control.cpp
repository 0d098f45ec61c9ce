#include "server/local/control/journal_control.h"

#include "server/base/text.h"
#include "server/local/control/control_error.h"

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
    if (const auto bodies = call.parameter("bodies")) {
        filter.has_bodies = *bodies == "true";
        if (!filter.has_bodies && *bodies != "false") refuse_value("bodies", "true or false", *bodies);
    }
    if (const auto limit = call.parameter("limit")) {
        filter.limit = base::parse_number<std::size_t>(*limit);
        if (!filter.limit) refuse_value("limit", "a whole number", *limit);
    }
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
