#include "server/control/call_table.h"

#include "server/control/clock_control.h"
#include "server/control/journal_control.h"
#include "server/control/lifecycle_control.h"
#include "server/control/resource_control.h"
#include "server/control/rules_control.h"
#include "server/model/json.h"
#include "server/operations/kinds.h"

namespace plocal::control {
namespace {

using model::Json;

std::string health(World& world, const std::string& version, const ControlCall&) {
    Json resources = Json::object();
    const auto counts = world.store().resources().counts();
    for (const operations::Kind& kind : operations::kinds()) {
        const auto count = counts.find(std::string(kind.name));
        if (count != counts.end()) resources[std::string(kind.plural)] = count->second;
    }
    return Json{{"status", "ok"}, {"version", version}, {"ready", true}, {"resources", resources}}.dump();
}

std::string index(World&, const std::string&, const ControlCall&) {
    Json list = Json::array();
    for (const CallRow& row : call_table()) {
        list.push_back({{"method", row.method}, {"path", row.path}, {"about", row.about}});
    }
    return Json{{"calls", list}}.dump();
}

/// An answer as JSON for one that needs no more than the world and the call.
template <Json (*handler)(World&, const ControlCall&)>
std::string json(World& world, const std::string&, const ControlCall& call) {
    return handler(world, call).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <std::string (*handler)(World&, const ControlCall&)>
std::string text(World& world, const std::string&, const ControlCall& call) {
    return handler(world, call);
}

}  // namespace

const std::vector<CallRow>& call_table() {
    static const std::vector<CallRow> table = {
        {"GET", "/_local/", "this list", {}, index},
        {"GET", "/_local/health", "whether the server is ready, and what it has", {}, health},
        {"GET", "/_local/clock", "the service's clock", {}, json<get_clock>},
        {"PUT", "/_local/clock", "freeze it, set it onward, speed it up", {}, json<put_clock>},
        {"POST", "/_local/clock/advance", R"(move it: {"by": "90s"} or {"until": "idle"})", {}, json<advance_clock>},
        {"GET", "/_local/lifecycle", "how new resources shall live", {}, json<get_lifecycle>},
        {"PUT", "/_local/lifecycle", "have them live otherwise", {}, json<put_lifecycle>},
        {"POST", "/_local/transition", "force a status, or one step onward", {}, json<transition>},
        {"GET", "/_local/history", "the statuses of a resource so far", {"arn"}, json<get_history>},
        {"GET", "/_local/rules", "what is made to go wrong", {}, json<get_rules>},
        {"PUT", "/_local/rules", "other rules in place of these", {}, json<put_rules>},
        {"POST", "/_local/rules", "more rules", {}, json<add_rules>},
        {"DELETE", "/_local/rules", "no rules", {}, json<delete_rules>},
        {"DELETE", "/_local/rules/{id}", "one rule less", {}, json<delete_rules>},
        {"GET",
         "/_local/requests",
         "what was asked of the services",
         {"operation", "arn", "limit"},
         text<get_requests>},
        {"DELETE", "/_local/requests", "forget what was asked", {}, text<delete_requests>},
    };
    return table;
}

}  // namespace plocal::control
