#include "server/app/engine/event_records.h"

#include <string>
#include <utility>

#include "server/base/json.h"
#include "server/model/service.h"

namespace plocal::engine {
namespace {

using base::Json;
using telemetry::EventEntry;
using telemetry::EventOutcome;

/// Returns the list of records in the input of an operation, or null where it has none.
const Json* records_of(const protocol::Call& call) {
    for (const model::Member& member : call.operation->input->members) {
        if (member.shape->type != model::Type::list) continue;
        const auto found = call.input.find(member.name);
        return found != call.input.end() && found->is_array() && !found->empty() ? &*found : nullptr;
    }
    return nullptr;
}

std::string text_or_nothing(const Json& value, const char* member) {
    const std::string* const text = base::text_member(value, member);
    return text == nullptr ? std::string() : *text;
}

/// An entry with what the whole request has: its outcome unless records have outcomes of their own.
EventEntry entry_of_request(const RequestContext& context, const model::Operation& operation) {
    EventEntry entry{.at = context.now, .account = context.account(), .operation = operation.name};
    if (!context.error.empty()) {
        entry.outcome = EventOutcome::refused;
        entry.why = context.is_rule_error ? context.error_why : context.error;
        if (!context.is_rule_error && !context.message.empty()) entry.why += ": " + context.message;
    } else if (const rules::Rule* const rule = context.firing.rule.get()) {
        entry.outcome = EventOutcome::ignored;
        entry.why = "rule " + rule->id + " has answered";
    }
    if (!context.call) return entry;
    entry.tracking_id = text_or_nothing(context.call->input, "trackingId");
    entry.dataset_arn = text_or_nothing(context.call->input, "datasetArn");
    entry.user_id = text_or_nothing(context.call->input, "userId");
    entry.session_id = text_or_nothing(context.call->input, "sessionId");
    return entry;
}

/// The entry of one record of the request.
EventEntry entry_of_record(EventEntry entry, const Json& record) {
    entry.record = base::json_text(record);
    if (entry.user_id.empty()) entry.user_id = text_or_nothing(record, "userId");
    if (entry.session_id.empty()) entry.session_id = text_or_nothing(record, "sessionId");
    return entry;
}

}  // namespace

void record_events(const RequestContext& context, telemetry::EventLog& log) {
    if (!context.recognised || context.recognised->service != &model::personalize_events()) return;
    const model::Operation* const operation =
        context.call ? context.call->operation : context.recognised->rest_operation;
    if (operation == nullptr) return;
    const EventEntry of_request = entry_of_request(context, *operation);
    const Json* const records = context.call ? records_of(*context.call) : nullptr;
    if (records == nullptr) {
        log.record(of_request);
        return;
    }
    for (std::size_t i = 0; i < records->size(); ++i) {
        EventEntry entry = entry_of_record(of_request, (*records)[i]);
        if (i < context.outcomes.size()) {
            const auto& [is_stored, why, evidence] = context.outcomes[i];
            entry.outcome = is_stored ? EventOutcome::stored : EventOutcome::ignored;
            entry.why = why;
        }
        log.record(std::move(entry));
    }
}

void explain_ignored(const RequestContext& context, protocol::Response& response) {
    for (std::size_t i = 0; i < context.outcomes.size(); ++i) {
        const auto& [is_stored, why, evidence] = context.outcomes[i];
        if (why.empty()) continue;
        const std::string subject = "record " + std::to_string(i + 1) + (is_stored ? " is stored: " : " is ignored: ");
        response.headers.push_back({protocol::why_header, protocol::why_line(subject + why, evidence)});
        return;
    }
}

}  // namespace plocal::engine
