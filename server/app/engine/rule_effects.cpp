#include "server/app/engine/rule_effects.h"

#include <chrono>
#include <string>
#include <vector>

#include "server/model/api_error.h"

namespace plocal::engine {
namespace {

protocol::Fault fault_of(const rules::Effects& effects) {
    if (!effects.connection) return protocol::Fault::none;
    switch (*effects.connection) {
        case rules::ConnectionFault::reset:
            return protocol::Fault::reset;
        case rules::ConnectionFault::close:
            return protocol::Fault::close;
        case rules::ConnectionFault::truncate:
            break;
    }
    return protocol::Fault::truncate;
}

void set_why_header(protocol::Response& response, const rules::Rule& rule) {
    std::erase_if(response.headers, [](const auto& header) { return header.name == protocol::why_header; });
    response.headers.push_back(
        {protocol::why_header, protocol::why_line("rule " + rule.id + " fired", model::Evidence::ruled)});
}

}  // namespace

void throw_rule_error(const RequestContext& context, ErrorMoment moment) {
    const rules::Rule* const rule = context.firing.rule.get();
    if (rule == nullptr || !rule->effects.error) return;
    const rules::ErrorEffect& error = *rule->effects.error;
    if (error.after_commit != (moment == ErrorMoment::after_commit)) return;
    throw model::ApiError(error.type, error.message, "rule " + rule->id + " fired", model::Evidence::ruled,
                          error.status_in(*context.call->service));
}

void disturb(const RequestContext& context, protocol::Response& response) {
    const rules::Rule* const rule = context.firing.rule.get();
    if (rule == nullptr) return;
    response.disturbance = {context.firing.delay.value_or(std::chrono::milliseconds(0)), fault_of(rule->effects)};
    if (context.error.empty() || context.is_rule_error) set_why_header(response, *rule);
}

}  // namespace plocal::engine
