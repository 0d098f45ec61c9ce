#include "server/local/snapshot/writer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "server/base/iso8601.h"
#include "server/base/json_scanner.h"
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
using storage::Position;
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

/// Returns what a document holds beside what Describe shows. `members` has at least the references of the resource.
Json local_of(StoredArns& stored, const Kind& kind, const Record& record, const Json& members, base::Instant now) {
    Json local = Json::object();
    if (kind.has_status() && !is_restored_from_status(record.timeline))
        local["timeline"] = to_json(record.timeline, now);
    const std::string_view due_member = operations::hooks().of(kind.name).due.member;
    const bool is_being_deleted = record.stable.status == lifecycle::deleted;
    if (!due_member.empty() && record.due && !is_being_deleted) {
        local[std::string(due_member)] = format_moment(*record.due, now);
    }
    const std::vector<std::string> absent = absent_references(stored, kind, record, members, now);
    if (!absent.empty()) local[std::string(absent_member)] = absent;
    for (const storage::Tag& tag : stored.store().tags().list(record.arn)) {
        local["tags"].push_back({{"tagKey", tag.key}, {"tagValue", tag.value}});
    }
    return local;
}

Json value_of(StoredArns& stored, const Kind& kind, const Record& record, base::Instant now,
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
    local.update(local_of(stored, kind, record, value, now));
    if (!local.empty()) value["_local"] = std::move(local);
    return value;
}

std::string quoted_date(base::Instant moment) {
    return '"' + base::iso8601(moment) + '"';
}

/// Returns true where a stored document has a number with a fraction, as stored timestamps have. All else in a stored
/// document is written as a document has it.
bool has_fraction(std::string_view document) {
    bool is_text = false;
    for (std::size_t at = 0; at < document.size(); ++at) {
        const char c = document[at];
        if (c == '"') is_text = !is_text;
        if (c == '\\') ++at;
        if (c == '.' && !is_text) return true;
    }
    return false;
}

/// Returns the members of a stored document that reference others.
Json references_in(const Kind& kind, std::string_view document) {
    Json members = Json::object();
    for (const resources::ReferenceMember& reference : kind.references) {
        const auto text = base::member_text(document, reference.member);
        if (auto arn = text ? base::string_of(*text) : std::nullopt) {
            members[std::string(reference.member)] = *std::move(arn);
        }
    }
    return members;
}

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Returns the same as the text of `value_of`, in most cases without making a value.
std::string text_of(StoredArns& stored, const Kind& kind, const Record& record, base::Instant now,
                    resources::StatusNames names) {
    auto text = has_fraction(record.document) ? std::nullopt
                                              : resources::extended_document(kind, record, now, names, quoted_date);
    if (!text) return dumped(value_of(stored, kind, record, now, names));
    const Json local = local_of(stored, kind, record, references_in(kind, record.document), now);
    if (local.empty()) return *std::move(text);
    text->pop_back();
    return text->append(",\"_local\":").append(dumped(local)) + "}";
}

Position position_of(const Record& record) {
    return {record.created, record.place};
}

/// Returns true where a list, which is newest first, has the record behind the position.
bool is_behind(const Record& record, const Position& position) {
    return std::pair(record.created, record.place) < std::pair(position.created, position.place);
}

}  // namespace

DocumentWriter::DocumentWriter(storage::Store& store, lifecycle::ClockReadings& readings, std::string account,
                               resources::StatusNames names, const Json& settings)
    : store_(store), readings_(readings), account_(std::move(account)), names_(names), text_("{") {
    for (const auto& [name, value] : settings.items()) add(Json(name).dump() + ": ", dumped(value));
}

std::optional<std::string> DocumentWriter::next() {
    if (is_over_) return std::nullopt;
    for (read_ = 0; read_ < most_at_once && !is_over_;) {
        if (kind_ == resources::kinds().size()) {
            text_ += "\n}\n";
            is_over_ = true;
        } else if (!are_pages_known_) {
            find_page();
        } else if (pages_.size() > 1) {
            write_page();
        } else {
            end_kind();
        }
    }
    if (!text_.empty()) last_ = text_.back();
    return std::exchange(text_, {});
}

char DocumentWriter::last() const {
    return text_.empty() ? last_ : text_.back();
}

void DocumentWriter::add(std::string_view before, std::string_view value) {
    if (last() != '{' && last() != '[') text_ += ',';
    text_.append("\n").append(before).append(value);
}

std::vector<Record> DocumentWriter::page_behind(const std::optional<Position>& position) {
    std::vector<Record> records = store_.resources().list({.scope = {},
                                                           .kind = std::string(resources::kinds()[kind_].name),
                                                           .parent = {},
                                                           .after = position,
                                                           .limit = most_at_once});
    read_ += records.size();
    return records;
}

// A list begins with the newest resources, and a document with the oldest. So all pages are found first, then read
// again from the last one to the first.
void DocumentWriter::find_page() {
    const std::vector<Record> records = page_behind(pages_.empty() ? std::nullopt : std::optional(pages_.back()));
    are_pages_known_ = records.size() < most_at_once;
    if (records.empty()) return;
    if (pages_.empty()) pages_.push_back({records.front().created, records.front().id + 1});
    pages_.push_back(position_of(records.back()));
}

void DocumentWriter::write_page() {
    const Position end = pages_.back();
    pages_.pop_back();
    std::vector<Record> records;
    for (Position behind = pages_.back();;) {  // more than one round where others have added resources to the page
        std::vector<Record> more = page_behind(behind);
        const bool is_last =
            more.size() < most_at_once || is_behind(more.back(), end) || position_of(more.back()) == end;
        if (!more.empty()) behind = position_of(more.back());
        std::ranges::move(more, std::back_inserter(records));
        if (is_last) break;
    }
    StoredArns stored(store_);
    const Kind& kind = resources::kinds()[kind_];
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        const std::string& account = record->owner.account;
        if (is_behind(*record, end) || (!account_.empty() && account != account_)) continue;
        if (!is_kind_open_) {
            text_.append(last() == '{' ? "\n" : ",\n").append(Json(kind.plural).dump()).append(": [");
            is_kind_open_ = true;
        }
        add("  ", text_of(stored, kind, *record, readings_.now_of(account), names_));
    }
}

void DocumentWriter::end_kind() {
    if (is_kind_open_) text_ += ']';
    is_kind_open_ = false;
    are_pages_known_ = false;
    pages_.clear();
    ++kind_;
}

}  // namespace plocal::snapshot
