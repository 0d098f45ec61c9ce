#include "server/local/telemetry/event_log.h"

#include <array>
#include <utility>

#include "server/base/iso8601.h"
#include "server/base/json.h"

namespace plocal::telemetry {
namespace {

using base::Json;

constexpr std::array<std::pair<EventOutcome, std::string_view>, 3> outcome_texts = {
    {{EventOutcome::stored, "stored"}, {EventOutcome::ignored, "ignored"}, {EventOutcome::refused, "refused"}}};

std::size_t bytes_of(const EventEntry& entry) {
    std::size_t bytes = sizeof entry;
    for (const std::string* const text : {&entry.account, &entry.operation, &entry.tracking_id, &entry.dataset_arn,
                                          &entry.user_id, &entry.session_id, &entry.record, &entry.why}) {
        bytes += text->size();
    }
    return bytes;
}

bool is_selected(const EventEntry& entry, const EventFilter& filter) {
    const auto fits = [](const std::string& text, const std::optional<std::string>& wanted) {
        return !wanted || text == *wanted;
    };
    return fits(entry.account, filter.account) && fits(entry.tracking_id, filter.tracking_id) &&
           fits(entry.dataset_arn, filter.dataset_arn) && fits(entry.user_id, filter.user_id) &&
           fits(entry.session_id, filter.session_id) && (!filter.after || entry.number < *filter.after) &&
           (!filter.outcome || entry.outcome == *filter.outcome);
}

void append_member(std::string& text, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (text.back() != '{') text += ',';
    text.append("\"").append(name).append("\":");
    text += base::json_text(value);
}

void append_event(std::string& text, const EventEntry& entry) {
    text += '{';
    append_member(text, "at", base::iso8601(entry.at));
    append_member(text, "operation", entry.operation);
    append_member(text, "trackingId", entry.tracking_id);
    append_member(text, "datasetArn", entry.dataset_arn);
    append_member(text, "userId", entry.user_id);
    append_member(text, "sessionId", entry.session_id);
    text.append(",\"record\":").append(entry.record.empty() ? "null" : entry.record);
    append_member(text, "outcome", text_of(entry.outcome));
    append_member(text, "why", entry.why);
    text += '}';
}

}  // namespace

std::string_view text_of(EventOutcome outcome) {
    for (const auto& [known, text] : outcome_texts) {
        if (known == outcome) return text;
    }
    return {};
}

std::optional<EventOutcome> outcome_of(std::string_view text) {
    for (const auto& [outcome, known] : outcome_texts) {
        if (known == text) return outcome;
    }
    return std::nullopt;
}

void EventLog::record(EventEntry entry) {
    const std::size_t bytes = bytes_of(entry);
    if (capacity_ == 0 || bytes > max_bytes_) return;
    while (entries_.size() >= capacity_ || bytes_ + bytes > max_bytes_) drop_oldest();
    bytes_ += bytes;
    entry.number = ++last_number_;
    entries_.push_back(std::move(entry));
}

std::string EventLog::to_json(const EventFilter& filter) const {
    std::string text = R"({"events":[)";
    std::size_t left = filter.limit.value_or(entries_.size());
    std::uint64_t last = 0;
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        if (!is_selected(*entry, filter)) continue;
        if (left == 0 && last == 0) break;
        if (left == 0) return text.append(R"(],"next":")").append(std::to_string(last)).append("\"}");
        last = entry->number;
        if (text.back() != '[') text += ',';
        append_event(text, *entry);
        --left;
    }
    return text + "]}";
}

void EventLog::clear() {
    entries_.clear();
    bytes_ = 0;
}

void EventLog::clear(std::string_view account) {
    std::erase_if(entries_, [&](const EventEntry& entry) { return entry.account == account; });
    bytes_ = 0;
    for (const EventEntry& entry : entries_) bytes_ += bytes_of(entry);
}

void EventLog::drop_oldest() {
    bytes_ -= bytes_of(entries_.front());
    entries_.pop_front();
}

}  // namespace plocal::telemetry
