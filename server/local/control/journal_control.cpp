#include "server/local/control/journal_control.h"

#include <charconv>

#include "server/local/control/control_error.h"

namespace plocal::control {

using world::World;

std::string get_requests(World& world, const ControlCall& call) {
    telemetry::Journal::Filter filter;
    if (!call.account.empty()) filter.account = call.account;
    filter.operation = call.parameter("operation");
    filter.arn = call.parameter("arn");
    if (const auto limit = call.parameter("limit")) {
        std::size_t number = 0;
        const auto [end, error] = std::from_chars(limit->data(), limit->data() + limit->size(), number);
        if (error != std::errc{} || end != limit->data() + limit->size()) {
            throw ControlError(400, "limit: expected a whole number, found '" + *limit + "'");
        }
        filter.limit = number;
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
