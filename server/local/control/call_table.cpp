#include "server/local/control/call_table.h"

#include "server/base/json.h"
#include "server/local/control/clock_control.h"
#include "server/local/control/control_error.h"
#include "server/local/control/journal_control.h"
#include "server/local/control/lifecycle_control.h"
#include "server/local/control/metrics_control.h"
#include "server/local/control/quota_control.h"
#include "server/local/control/resource_control.h"
#include "server/local/control/rules_control.h"
#include "server/local/control/state_control.h"
#include "server/local/control/wait_control.h"

namespace plocal::control {

std::string_view embedded(std::string_view name);  // made by the build

namespace {

using base::Json;
using world::World;

std::string health(World& world, const About& about, const ControlCall& call) {
    Json health = {{"status", "ok"},
                   {"version", about.version},
                   {"ready", true},
                   {"resources", resource_counts(world, call.account)}};
    if (about.https) {
        health["tls"]["port"] = about.https->port;
        if (!about.https->ca_file.empty()) health["tls"]["caFile"] = about.https->ca_file;
    }
    return health.dump();
}

std::string ca_certificate(World&, const About& about, const ControlCall&) {
    if (about.https && !about.https->ca_certificate.empty()) return about.https->ca_certificate;
    throw ControlError(404, about.https ? "the server's certificate is of --tls-cert: its CA is not known here"
                                        : "there is no CA here; --tls-cert auto makes one, and serves HTTPS");
}

std::string index(World&, const About&, const ControlCall&) {
    Json list = Json::array();
    for (const CallRow& row : call_table()) {
        list.push_back({{"method", row.method}, {"path", row.path}, {"about", row.about}});
    }
    return Json{{"calls", list}}.dump();
}

std::string openapi(World&, const About&, const ControlCall&) {
    return std::string(embedded("openapi.json"));
}

/// An answer as JSON for one that needs no more than the world and the call.
template <Json (*handler)(World&, const ControlCall&)>
std::string json(World& world, const About&, const ControlCall& call) {
    return handler(world, call).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// For one that changes all there is: how the server stands then.
template <void (*handler)(World&, const ControlCall&)>
std::string then_health(World& world, const About& about, const ControlCall& call) {
    handler(world, call);
    return health(world, about, call);
}

template <std::string (*handler)(World&, const ControlCall&)>
std::string text(World& world, const About&, const ControlCall& call) {
    return handler(world, call);
}

}  // namespace

const std::vector<CallRow>& call_table() {
    static const std::vector<CallRow> table = {
        {"GET", "/_local/", "this list", {}, index, json_type, false},
        {"GET", "/_local/health", "whether the server is ready, and what it has", {}, health},
        {"POST", "/_local/reset", "begin again with the fixtures, or with nothing", {"fixtures"}, then_health<reset>},
        {"GET", "/_local/state", "all there is, as a fixtures document", {}, text<get_state>},
        {"PUT", "/_local/state", "a fixtures document in place of all there is", {}, then_health<put_state>},
        {"POST", "/_local/state", "a fixtures document beside what there is", {}, then_health<add_state>},
        {"GET", "/_local/clock", "the service's clock", {}, json<get_clock>},
        {"PUT", "/_local/clock", "freeze it, set it onward, speed it up", {}, json<put_clock>},
        {"POST",
         "/_local/clock/advance",
         R"(move it: {"by": "90s"} or {"until": "idle"})",
         {},
         nullptr,
         json_type,
         true,
         advance_clock},
        {"GET", "/_local/lifecycle", "how new resources shall live", {}, json<get_lifecycle>},
        {"PUT", "/_local/lifecycle", "have them live otherwise", {}, json<put_lifecycle>},
        {"GET", "/_local/quotas", "the limits that creations are held to", {}, json<get_quotas>},
        {"PUT", "/_local/quotas", "hold them to others, or to none", {}, json<put_quotas>},
        {"POST", "/_local/transition", "force a status, or one step onward", {}, nullptr, json_type, true, transition},
        {"GET", "/_local/history", "the statuses of a resource so far", {"arn"}, json<get_history>},
        {"GET",
         "/_local/wait",
         "until a resource has a status",
         {"arn", "status", "timeout"},
         nullptr,
         json_type,
         true,
         wait},
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
        {"GET", "/_local/metrics", "figures for Prometheus", {}, text<get_metrics>, telemetry::metrics_type, false},
        {"GET", "/_local/ca.pem", "what a client must trust for HTTPS", {}, ca_certificate, pem_type, false},
        {"GET", "/_local/openapi.json", "these calls, described", {}, openapi, json_type, false},
    };
    return table;
}

}  // namespace plocal::control
