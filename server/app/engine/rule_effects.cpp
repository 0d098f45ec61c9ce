#include "server/app/engine/rule_effects.h"

#include <chrono>
#include <string>
#include <vector>

#include "server/wire/protocol/answer.h"

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

}  // namespace

model::ApiError ruled_error(const rules::Rule& rule, const model::Service& service) {
    const rules::ErrorEffect& error = *rule.effects.error;
    return {error.type, error.message, "rule " + rule.id + " fired", model::Evidence::ruled, error.status_in(service)};
}

void disturb(protocol::Response& response, const rules::Firing& firing) {
    const rules::Rule& rule = *firing.rule();
    response.disturbance = {firing.delay().value_or(std::chrono::milliseconds(0)), fault_of(rule.effects)};
}

void set_why_header(protocol::Response& response, const rules::Rule& rule) {
    std::erase_if(response.headers, [](const auto& header) { return header.name == protocol::why_header; });
    response.headers.push_back(
        {protocol::why_header, protocol::why_line("rule " + rule.id + " fired", model::Evidence::ruled)});
}

}  // namespace plocal::engine
