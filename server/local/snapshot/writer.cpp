#include "server/local/snapshot/writer.h"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "server/base/iso8601.h"
#include "server/local/snapshot/absent_references.h"
#include "server/local/snapshot/partial_resource.h"
#include "server/local/snapshot/timeline_json.h"
#include "server/model/service.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/resource_view.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using resources::Kind;
using storage::Record;

/// Changes every timestamp in a value of this shape to ISO-8601. Rounding cannot change it then, and people can read
/// it.
void format_timestamps(const model::Shape& shape, Json& json) {
    if (shape.type == model::Type::timestamp && json.is_number()) {
        // Timestamps of a timeline are integers, in milliseconds. Those of a stored document are floats, in seconds.
        const auto ms = json.is_number_integer() ? json.get<std::int64_t>() : std::llround(json.get<double>() * 1000);
        json = base::iso8601(base::Instant(std::chrono::milliseconds(ms)));
    } else if (json.is_array() && shape.element != nullptr) {
        for (Json& value : json) format_timestamps(*shape.element, value);
    } else if (json.is_object()) {
        for (auto& [name, value] : json.items()) {
            const model::Member* const member = shape.member(name);
            if (member != nullptr) format_timestamps(*member->shape, value);
        }
    }
}

/// Returns true where the status and the dates of a resource are enough to restore its timeline.
bool is_restored_from_status(const storage::Timeline& timeline) {
    return timeline.steps.size() == 1 && timeline.origin == lifecycle::cause_fixture &&
           (timeline.failure_reason.empty() || timeline.steps.front().status.ends_with("FAILED"));
}

Json value_of(storage::Store& store, const Kind& kind, const Record& record, base::Instant now,
              resources::StatusNames names) {
    Json value = resources::current_value(kind, record, now, names);
    format_timestamps(*model::personalize().shape(kind.shape), value);
    if (!kind.shown_once_created.empty()) {  // Describe does not show it yet
        const Json document = base::parse_json(record.document);
        const std::string member(kind.shown_once_created);
        if (document.contains(member)) value[member] = document[member];
    }
    Json local = Json::object();
    if (const auto hidden = kind.hidden ? take(value, kind.hidden->member) : std::nullopt) {
        local[std::string(kind.hidden->member)] = *hidden;
    }
    if (kind.has_status() && !is_restored_from_status(record.timeline))
        local["timeline"] = to_json(record.timeline, now);
    const std::string_view due_member = operations::hooks().of(kind.name).due.member;
    const bool is_being_deleted = record.stable.status == lifecycle::deleted;
    if (!due_member.empty() && record.due && !is_being_deleted) {
        local[std::string(due_member)] = format_moment(*record.due, now);
    }
    const std::vector<std::string> absent = absent_references(store, kind, record, value, now);
    if (!absent.empty()) local[std::string(absent_member)] = absent;
    for (const storage::Tag& tag : store.tags().list(record.arn)) {
        local["tags"].push_back({{"tagKey", tag.key}, {"tagValue", tag.value}});
    }
    if (!local.empty()) value["_local"] = std::move(local);
    return value;
}

std::vector<Record> records_of(storage::Store& store, const Kind& kind, std::string_view account) {
    std::vector<Record> records = store.resources().all_of({}, kind.name);
    std::erase_if(records,
                  [account](const Record& record) { return !account.empty() && record.owner.account != account; });
    return records;
}

}  // namespace

std::string write_document(storage::Store& store, lifecycle::ClockReadings& readings, std::string_view account,
                           resources::StatusNames names, const Json& settings) {
    std::string text = "{";
    const auto add = [&text](std::string_view before, const Json& value) {
        if (text.back() != '{' && text.back() != '[') text += ',';
        text.append("\n").append(before).append(value.dump(-1, ' ', false, Json::error_handler_t::replace));
    };
    for (const auto& [name, value] : settings.items()) add(Json(name).dump() + ": ", value);
    for (const Kind& kind : resources::kinds()) {
        const std::vector<Record> records = records_of(store, kind, account);
        if (records.empty()) continue;
        text.append(text.back() == '{' ? "\n" : ",\n").append(Json(kind.plural).dump()).append(": [");
        for (auto record = records.rbegin(); record != records.rend(); ++record) {
            add("  ", value_of(store, kind, *record, readings.now_of(record->owner.account), names));
        }
        text += "]";
    }
    return text + "\n}\n";
}

}  // namespace plocal::snapshot
