#include "server/app/engine/request_record.h"

#include <chrono>
#include <string>
#include <string_view>

namespace plocal::engine {
namespace {

using base::Level;
using protocol::Response;

std::string asked_for(const protocol::Request& request) {
    return std::string(request.method) + " " + std::string(request.target);
}

/// A container's health check asks once a second: who follows the log wants to see something else.
Level level_of(const protocol::Request& request, const Response& response) {
    return protocol::path_of(request.target) == "/_local/health" && response.status == 200 ? Level::debug : Level::info;
}

}  // namespace

void record(const Exchange& exchange, const Response& response, telemetry::Journal& journal,
            telemetry::Metrics& metrics) {
    const rules::Rule* const rule = exchange.firing.rule();
    const auto duration = std::chrono::steady_clock::now() - exchange.began;
    const bool is_known = exchange.call.has_value();
    const std::string account = exchange.account();
    const std::string target = is_known ? "" : asked_for(exchange.request);
    telemetry::JournalEntry entry{.id = exchange.stamp.request_id,
                                  .at = exchange.now,
                                  .operation = is_known ? std::string_view(exchange.call->operation->name) : "",
                                  .target = target,
                                  .account = account,
                                  .region = exchange.identity.region ? std::string_view(*exchange.identity.region) : "",
                                  .input = exchange.request.body,
                                  .is_input_json = is_known,
                                  .output = exchange.error.empty() ? std::string_view(response.body) : "",
                                  .error = exchange.error,
                                  .message = exchange.message,
                                  .status = response.status,
                                  .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
                                  .rule = rule == nullptr ? "" : std::string_view(rule->id),
                                  .connection = {}};
    if (rule != nullptr && rule->effects.connection) entry.connection = rules::text_of(*rule->effects.connection);
    journal.record(entry);
    metrics.record(is_known ? std::string_view(exchange.call->service->name()) : "", entry.operation, exchange.error,
                   duration);
}

void log(const Exchange& exchange, const Response& response, base::Log& log) {
    for (const std::string& note : exchange.notes) {
        log.write(Level::warn, "note", {{"text", note}, {"request_id", exchange.stamp.request_id}});
    }
    const Level level = level_of(exchange.request, response);
    if (!log.wants(level)) return;
    const auto duration = std::chrono::steady_clock::now() - exchange.began;
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    const bool is_foreign =
        !exchange.call && !exchange.identity.service.empty() && exchange.identity.service != "personalize";
    log.write(level, "request",
              {{"operation", exchange.call ? exchange.call->operation->name : asked_for(exchange.request)},
               {"status", std::to_string(response.status)},
               {"error", exchange.error},
               {"why", response.header(protocol::why_header)},
               {"signed_for", is_foreign ? exchange.identity.service : ""},
               {"account", exchange.identity.account.value_or("")},
               {"region", exchange.identity.region.value_or("")},
               {"us", std::to_string(us)},
               {"request_id", exchange.stamp.request_id}});
}

}  // namespace plocal::engine
