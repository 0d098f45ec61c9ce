#include "server/local/control/call_table.h"

#include "server/base/json.h"
#include "server/local/control/clock_control.h"
#include "server/local/control/control_error.h"
#include "server/local/control/journal_control.h"
#include "server/local/control/metrics_control.h"
#include "server/local/control/resource_control.h"
#include "server/local/control/rules_control.h"
#include "server/local/control/settings_control.h"
#include "server/local/control/state_control.h"
#include "server/local/control/wait_control.h"
#include "server/local/world/lifecycle_setting.h"
#include "server/local/world/quota_setting.h"

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
    throw ControlError(404, about.https ? "the server does not have the CA of the certificate that --tls-cert gives it"
                                        : "the server has no CA; --tls-cert auto makes one and serves HTTPS");
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

/// The answer of a call that needs the world alone.
template <Json (*handler)(World&, const ControlCall&)>
std::string json(World& world, const About&, const ControlCall& call) {
    return handler(world, call).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The answer of a call that changes the whole state: the health of the server after it.
template <void (*handler)(World&, const ControlCall&)>
std::string then_health(World& world, const About& about, const ControlCall& call) {
    handler(world, call);
    return health(world, about, call);
}

template <std::string (*handler)(World&, const ControlCall&)>
std::string text(World& world, const About&, const ControlCall& call) {
    return handler(world, call);
}

template <Json (*handler)(World&, const ControlCall&, const world::TenantSetting&),
          const world::TenantSetting& (*setting)()>
std::string setting_json(World& world, const About&, const ControlCall& call) {
    return handler(world, call, setting()).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string metrics(World& world, const About& about, const ControlCall&) {
    return metrics_text(world, std::chrono::steady_clock::now() - about.began);
}

}  // namespace

const std::vector<CallRow>& call_table() {
    using world::lifecycle_setting;
    using world::quota_setting;
    static const std::vector<CallRow> table = {
        {"GET", "/_local/", "lists the calls", {}, index, json_type, false},
        {"GET", "/_local/health", "tells whether the server is ready, and counts its resources", {}, health},
        {"POST",
         "/_local/reset",
         "goes back to the fixtures of the start, or to nothing",
         {"fixtures"},
         then_health<reset>},
        {"GET",
         "/_local/state",
         "answers the whole state as a fixtures document",
         {},
         text<get_state>,
         json_type,
         true,
         nullptr,
         true},
        {"PUT", "/_local/state", "replaces the state by a fixtures document", {}, then_health<put_state>},
        {"POST",
         "/_local/state",
         "adds a fixtures document to the state",
         {},
         then_health<add_state>,
         json_type,
         true,
         nullptr,
         true},
        {"GET", "/_local/clock", "reads the clock of the service", {}, json<get_clock>},
        {"PUT",
         "/_local/clock",
         "freezes the clock, sets it or changes its speed",
         {},
         nullptr,
         json_type,
         true,
         put_clock},
        {"POST",
         "/_local/clock/advance",
         R"(moves the clock: {"by": "90s"} or {"until": "idle"})",
         {},
         nullptr,
         json_type,
         true,
         advance_clock},
        {"GET",
         "/_local/lifecycle",
         "tells how new resources change their status",
         {},
         setting_json<get_setting, lifecycle_setting>},
        {"PUT",
         "/_local/lifecycle",
         "sets how new resources change their status",
         {},
         setting_json<put_setting, lifecycle_setting>},
        {"GET",
         "/_local/quotas",
         "tells the limits for Create operations",
         {},
         setting_json<get_setting, quota_setting>},
        {"PUT",
         "/_local/quotas",
         "sets the limits for Create operations, or turns them off",
         {},
         setting_json<put_setting, quota_setting>},
        {"POST",
         "/_local/transition",
         "changes the status of one resource now",
         {},
         nullptr,
         json_type,
         true,
         transition,
         true},
        {"GET",
         "/_local/history",
         "lists the statuses of a resource so far",
         {"arn"},
         json<get_history>,
         json_type,
         true,
         nullptr,
         true},
        {"GET",
         "/_local/wait",
         "answers when a resource has a status",
         {"arn", "status", "timeout"},
         nullptr,
         json_type,
         true,
         wait,
         true},
        {"GET", "/_local/rules", "lists the rules", {}, json<get_rules>},
        {"PUT", "/_local/rules", "replaces the rules", {}, json<put_rules>},
        {"POST", "/_local/rules", "adds rules", {}, json<add_rules>},
        {"DELETE", "/_local/rules", "removes all rules", {}, json<delete_rules>},
        {"DELETE", "/_local/rules/{id}", "removes one rule", {}, json<delete_rules>},
        {"GET",
         "/_local/requests",
         "lists the requests that the services have answered",
         {"operation", "arn", "limit"},
         text<get_requests>},
        {"DELETE", "/_local/requests", "empties the list of requests", {}, text<delete_requests>},
        {"GET", "/_local/metrics", "answers metrics for Prometheus", {}, metrics, telemetry::metrics_type, false},
        {"GET",
         "/_local/ca.pem",
         "answers the certificate of the CA that HTTPS clients must trust",
         {},
         ca_certificate,
         pem_type,
         false},
        {"GET", "/_local/openapi.json", "describes these calls as OpenAPI", {}, openapi, json_type, false},
    };
    return table;
}

}  // namespace plocal::control
