#include "server/app/engine/request_context.h"

#include <string_view>

namespace plocal::engine {
namespace {

using base::Level;
using protocol::Response;

std::string method_and_target(const protocol::Request& request) {
    return std::string(request.method) + " " + std::string(request.target);
}

/// The health check of a container runs every second and would drown everything else at info.
Level level_of(const protocol::Request& request, const Response& response) {
    return request.path() == "/_local/health" && response.status == 200 ? Level::debug : Level::info;
}

}  // namespace

void record(const RequestContext& context, const Response& response, world::World& world, News& news) {
    const rules::Rule* const rule = context.firing.rule.get();
    const auto duration = std::chrono::steady_clock::now() - context.began;
    const bool is_known = context.call.has_value();
    const std::string account = context.account();
    const std::string target = is_known ? "" : method_and_target(context.request);
    telemetry::JournalEntry entry{.id = context.stamp.request_id,
                                  .at = context.now,
                                  .operation = is_known ? std::string_view(context.call->operation->name) : "",
                                  .target = target,
                                  .account = account,
                                  .region = context.identity.region ? std::string_view(*context.identity.region) : "",
                                  .input = context.request.body,
                                  .is_input_json = is_known,
                                  .output = context.error.empty() ? std::string_view(response.body) : "",
                                  .error = context.error,
                                  .message = context.message,
                                  .why = context.error.empty() ? context.why : context.error_why,
                                  .status = response.status,
                                  .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
                                  .rule = rule == nullptr ? "" : std::string_view(rule->id),
                                  .connection = {}};
    if (rule != nullptr && rule->effects.connection) entry.connection = rules::text_of(*rule->effects.connection);
    if (news.is_wanted()) news.add_request(entry);
    world.journal().record(entry);
    world.metrics().record(is_known ? std::string_view(context.call->service->name()) : "", entry.operation,
                           context.error, duration);
}

void log(const RequestContext& context, const Response& response, base::Log& log) {
    for (const std::string& note : context.notes) {
        log.write(Level::warn, "note", {{"text", note}, {"request_id", context.stamp.request_id}});
    }
    const Level level = level_of(context.request, response);
    if (!log.wants(level)) return;
    const auto duration = std::chrono::steady_clock::now() - context.began;
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    const bool is_for_another_service =
        !context.call && !context.identity.service.empty() && context.identity.service != "personalize";
    log.write(level, "request",
              {{"operation", context.call ? context.call->operation->name : method_and_target(context.request)},
               {"status", std::to_string(response.status)},
               {"error", context.error},
               {"why", std::string(response.header(protocol::why_header))},
               {"signed_for", is_for_another_service ? context.identity.service : ""},
               {"account", context.account()},
               {"region", context.region()},
               {"us", std::to_string(us)},
               {"request_id", context.stamp.request_id}});
}

}  // namespace plocal::engine
