#include "server/local/control/call_table.h"

#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/local/control/accounts_control.h"
#include "server/local/control/clock_control.h"
#include "server/local/control/control_error.h"
#include "server/local/control/data_import.h"
#include "server/local/control/data_reading.h"
#include "server/local/control/events_control.h"
#include "server/local/control/journal_control.h"
#include "server/local/control/listing_control.h"
#include "server/local/control/metrics_control.h"
#include "server/local/control/model_control.h"
#include "server/local/control/page_control.h"
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

Json health_json(World& world, const About& about, const std::string& account) {
    Json health = {{"status", "ok"},
                   {"version", about.version},
                   {"ready", true},
                   {"resources", resource_counts(world, account)},
                   {"rows", row_counts(world, account)}};
    if (about.https) {
        health["tls"]["port"] = about.https->port;
        if (!about.https->ca_file.empty()) health["tls"]["caFile"] = about.https->ca_file;
    }
    return health;
}

std::string health(World& world, const About& about, const ControlCall& call) {
    return health_json(world, about, call.account).dump();
}

std::string ca_certificate(World&, const About& about, const ControlCall&) {
    if (about.https && !about.https->ca_certificate.empty()) return about.https->ca_certificate;
    throw ControlError(404, about.https ? "the server does not have the CA of the certificate that --tls-cert gives it"
                                        : "the server has no CA; --tls-cert auto makes one and serves HTTPS");
}

/// A call that has its answer at once, with a type or headers of its own.
LongCall at_once(TextAnswer answer) {
    return {"", [answer = std::move(answer)](RealTime, bool) -> Checked { return answer; }};
}

LongCall index(World&, const About&, const ControlCall& call) {
    Json list = Json::array();
    for (const CallRow& row : call_table()) {
        list.push_back({{"method", row.method}, {"path", row.path}, {"about", row.about}});
    }
    return at_once(page_or_list(call, {.text = Json{{"calls", list}}.dump(), .type = json_type}));
}

LongCall file_of_console(World&, const About&, const ControlCall& call) {
    return at_once(console_file(call));
}

std::string head_of_stream(World&, const About&, const ControlCall&) {
    return {};
}

std::string openapi(World&, const About&, const ControlCall&) {
    return std::string(embedded("openapi.json"));
}

std::string jobs(World&, const About& about, const ControlCall& call) {
    Json list = Json::array();
    for (const OpenJob& job : about.jobs ? about.jobs(call.account) : std::vector<OpenJob>()) {
        list.push_back({{"arn", job.arn},
                        {"what", job.what},
                        {"state", job.is_begun ? "running" : "queued"},
                        {"bytes", job.bytes},
                        {"lines", job.lines},
                        {"since", base::iso8601(job.since)}});
    }
    return Json{{"jobs", std::move(list)}}.dump();
}

/// The answer of a call that needs the world alone.
template <Json (*handler)(World&, const ControlCall&)>
std::string json(World& world, const About&, const ControlCall& call) {
    return base::json_text(handler(world, call));
}

template <LongCall (*begin_call)(World&, const ControlCall&)>
LongCall begin(World& world, const About&, const ControlCall& call) {
    return begin_call(world, call);
}

/// A call that changes the whole state. Its answer is the health of the server after it.
template <LongCall (*begin_call)(World&, const ControlCall&)>
LongCall then_health(World& world, const About& about, const ControlCall& call) {
    LongCall long_call = begin_call(world, call);
    long_call.check = [&world, &about, account = call.account, check = std::move(long_call.check)](
                          RealTime now, bool is_stopping) -> Checked {
        Checked checked = check(now, is_stopping);
        if (std::holds_alternative<RealTime>(checked)) return checked;
        return health_json(world, about, account);
    };
    return long_call;
}

template <std::string (*handler)(World&, const ControlCall&)>
std::string text(World& world, const About&, const ControlCall& call) {
    return handler(world, call);
}

template <Json (*handler)(World&, const ControlCall&, const world::TenantSetting&),
          const world::TenantSetting& (*setting)()>
std::string setting_json(World& world, const About&, const ControlCall& call) {
    return base::json_text(handler(world, call, setting()));
}

std::string metrics(World& world, const About& about, const ControlCall&) {
    return metrics_text(world, std::chrono::steady_clock::now() - about.began);
}

}  // namespace

const std::vector<CallRow>& call_table() {
    using world::lifecycle_setting;
    using world::quota_setting;
    static const std::vector<CallRow> table = {
        {.method = "GET",
         .path = "/_local/",
         .about = "answers the console, a page for people, where HTML is accepted; else lists the calls",
         .takes_account = false,
         .begin = index},
        {.method = "GET",
         .path = "/_local/console/{id}",
         .about = "answers a file of the console",
         .takes_account = false,
         .begin = file_of_console},
        {.method = "GET",
         .path = "/_local/health",
         .about = "tells whether the server is ready, and counts its resources and rows",
         .answer = health},
        {.method = "POST",
         .path = "/_local/reset",
         .about = "goes back to the fixtures of the start, or to nothing",
         .parameters = {"fixtures"},
         .begin = then_health<reset>},
        {.method = "GET",
         .path = "/_local/state",
         .about = "answers the whole state as a fixtures document",
         .parameters = {"data"},
         .begin = begin<get_state>,
         .waits_for_due = true,
         .bodies = Bodies::long_ones},
        {.method = "PUT",
         .path = "/_local/state",
         .about = "replaces the state by a fixtures document",
         .begin = then_health<put_state>,
         .bodies = Bodies::long_ones},
        {.method = "POST",
         .path = "/_local/state",
         .about = "adds a fixtures document to the state",
         .begin = then_health<add_state>,
         .waits_for_due = true,
         .bodies = Bodies::long_ones},
        {.method = "GET",
         .path = "/_local/data",
         .about = "answers rows of a dataset",
         .parameters = {"dataset", "limit", "after", "id", "userId", "itemId", "actionId"},
         .begin = begin<get_data>,
         .waits_for_due = true},
        {.method = "PUT",
         .path = "/_local/data",
         .about = "replaces the imported rows of a dataset",
         .parameters = {"dataset"},
         .begin = begin<put_data>,
         .waits_for_due = true,
         .bodies = Bodies::long_ones},
        {.method = "POST",
         .path = "/_local/data",
         .about = "adds rows to a dataset",
         .parameters = {"dataset"},
         .begin = begin<add_data>,
         .waits_for_due = true,
         .bodies = Bodies::long_ones},
        {.method = "GET",
         .path = "/_local/clock",
         .about = "reads the clock of the service",
         .answer = json<get_clock>},
        {.method = "PUT",
         .path = "/_local/clock",
         .about = "freezes the clock, sets it or changes its speed",
         .begin = begin<put_clock>},
        {.method = "POST",
         .path = "/_local/clock/advance",
         .about = R"(moves the clock: {"by": "90s"} or {"until": "idle"})",
         .begin = begin<advance_clock>},
        {.method = "GET",
         .path = "/_local/lifecycle",
         .about = "tells how new resources change their status",
         .answer = setting_json<get_setting, lifecycle_setting>},
        {.method = "PUT",
         .path = "/_local/lifecycle",
         .about = "sets how new resources change their status",
         .answer = setting_json<put_setting, lifecycle_setting>},
        {.method = "GET",
         .path = "/_local/quotas",
         .about = "tells the limits for Create operations",
         .answer = setting_json<get_setting, quota_setting>},
        {.method = "PUT",
         .path = "/_local/quotas",
         .about = "sets the limits for Create operations, or turns them off",
         .answer = setting_json<put_setting, quota_setting>},
        {.method = "POST",
         .path = "/_local/transition",
         .about = "changes the status of one resource now",
         .begin = begin<transition>,
         .waits_for_due = true},
        {.method = "POST",
         .path = "/_local/train",
         .about = "lets a solution version or recommender know the rows of this moment",
         .begin = begin<train>,
         .waits_for_due = true},
        {.method = "POST",
         .path = "/_local/explain",
         .about = "tells what the next request for recommendations would get, and why",
         .parameters = {"region"},
         .begin = begin<explain>,
         .waits_for_due = true},
        {.method = "GET",
         .path = "/_local/resources",
         .about = "lists resources of any kind, with their status and the next one",
         .parameters = {"kind", "parent", "region", "status", "search", "limit", "after"},
         .begin = begin<list_resources>,
         .waits_for_due = true},
        {.method = "GET",
         .path = "/_local/resource",
         .about = "describes one resource, with its statuses so far and to come",
         .parameters = {"arn"},
         .answer = json<get_resource>,
         .waits_for_due = true},
        {.method = "GET",
         .path = "/_local/accounts",
         .about = "lists the accounts that own resources or settings",
         .answer = json<list_accounts>},
        {.method = "GET",
         .path = "/_local/history",
         .about = "lists the statuses of a resource so far",
         .parameters = {"arn"},
         .answer = json<get_history>,
         .waits_for_due = true},
        {.method = "GET",
         .path = "/_local/jobs",
         .about = "lists the work of jobs and trainings that is queued or running",
         .answer = jobs},
        {.method = "GET",
         .path = "/_local/wait",
         .about = "answers when a resource has a status",
         .parameters = {"arn", "status", "timeout"},
         .begin = begin<wait>,
         .waits_for_due = true},
        {.method = "GET", .path = "/_local/rules", .about = "lists the rules", .answer = json<get_rules>},
        {.method = "PUT", .path = "/_local/rules", .about = "replaces the rules", .answer = json<put_rules>},
        {.method = "POST", .path = "/_local/rules", .about = "adds rules", .answer = json<add_rules>},
        {.method = "DELETE", .path = "/_local/rules", .about = "removes all rules", .answer = json<delete_rules>},
        {.method = "DELETE", .path = "/_local/rules/{id}", .about = "removes one rule", .answer = json<delete_rules>},
        {.method = "GET",
         .path = "/_local/requests",
         .about = "lists the requests that the services have answered",
         .parameters = {"operation", "arn", "result", "rule", "id", "after", "bodies", "limit"},
         .answer = text<get_requests>},
        {.method = "DELETE",
         .path = "/_local/requests",
         .about = "empties the list of requests",
         .answer = text<delete_requests>},
        {.method = "GET",
         .path = "/_local/events",
         .about = "lists what Personalize Events was sent, and what became of it",
         .parameters = {"trackingId", "datasetArn", "userId", "sessionId", "outcome", "after", "limit"},
         .answer = text<get_events>},
        {.method = "DELETE",
         .path = "/_local/events",
         .about = "empties the list of events",
         .answer = text<delete_events>},
        {.method = "GET",
         .path = "/_local/stream",
         .about = "reports as server-sent events what happens from now on",
         .answer = head_of_stream,
         .type = events_type,
         .bodies = Bodies::events},
        {.method = "GET",
         .path = "/_local/metrics",
         .about = "answers metrics for Prometheus",
         .answer = metrics,
         .type = telemetry::metrics_type,
         .takes_account = false},
        {.method = "GET",
         .path = "/_local/ca.pem",
         .about = "answers the certificate of the CA that HTTPS clients must trust",
         .answer = ca_certificate,
         .type = pem_type,
         .takes_account = false},
        {.method = "GET",
         .path = "/_local/openapi.json",
         .about = "describes these calls as OpenAPI",
         .answer = openapi,
         .takes_account = false},
    };
    return table;
}

}  // namespace plocal::control
