#include "server/app/engine/rule_effects.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/model/api_error.h"
#include "server/model/render.h"
#include "server/model/validate.h"
#include "server/service/resources/ids.h"

namespace plocal::engine {
namespace {

using base::Json;

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

/// The ARN of the campaign or recommender that the input names; empty if it names none. The input may be invalid.
std::string_view source_of(const Json& input) {
    for (const std::string_view member : {"campaignArn", "recommenderArn"}) {
        if (const std::string* const arn = base::text_member(input, member)) return *arn;
    }
    return {};
}

/// The paths of the required members that a value lacks.
std::vector<std::string> missing_members(const model::Shape& shape, const Json& value) {
    std::vector<std::string> paths;
    for (const model::Violation& violation : model::find_violations(shape, value)) {
        if (violation.value == "null") paths.push_back(violation.path);
    }
    return paths;
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

std::optional<std::string> output_of_rule(const RequestContext& context, std::uint64_t seed) {
    const rules::Rule* const rule = context.firing.rule.get();
    if (rule == nullptr || !rule->effects.output) return std::nullopt;
    const auto& [value, needs_recommendation_id] = *rule->effects.output;
    const model::Shape* const shape = context.call->operation->output;
    if (shape == nullptr) return "";
    if (!needs_recommendation_id) return model::render(*shape, value);
    const std::string account = context.account();
    const base::RandomKey key{.seed = seed,
                              .account = account,
                              .kind = "recommendation by rule",
                              .parent = rule->id,
                              .ordinal = context.firing.nth};
    Json completed = value;
    completed["recommendationId"] = resources::recommendation_id(key, source_of(context.call->input));
    return model::render(*shape, completed);
}

void merge_into(RequestContext& context, std::string& body) {
    const rules::Rule* const rule = context.firing.rule.get();
    if (rule == nullptr || !rule->effects.merge) return;
    const model::Operation& operation = *context.call->operation;
    const Json before = base::parse_json(body);
    Json merged = before;
    merged.merge_patch(*rule->effects.merge);
    body = model::render(*operation.output, merged);
    const std::vector<std::string> missing = missing_members(*operation.output, merged);
    if (missing.empty()) return;
    const std::vector<std::string> missing_before = missing_members(*operation.output, before);
    for (const std::string& path : missing) {
        if (std::ranges::find(missing_before, path) != missing_before.end()) continue;
        context.notes.push_back("rule " + rule->id + " takes away " + path + ", which every answer of " +
                                operation.name + " has");
    }
}

void disturb(const RequestContext& context, protocol::Response& response) {
    const rules::Rule* const rule = context.firing.rule.get();
    if (rule == nullptr) return;
    response.disturbance = {context.firing.delay.value_or(std::chrono::milliseconds(0)), fault_of(rule->effects)};
    if (context.error.empty() || context.is_rule_error) set_why_header(response, *rule);
}

}  // namespace plocal::engine
