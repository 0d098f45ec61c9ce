#include "server/local/snapshot/writer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/base/json_scanner.h"
#include "server/local/snapshot/absent_references.h"
#include "server/local/snapshot/partial_resource.h"
#include "server/local/snapshot/row_lists.h"
#include "server/local/snapshot/timeline_json.h"
#include "server/local/snapshot/training_reader.h"
#include "server/model/service.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/life.h"
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

/// What of a resource is written beside what Describe shows.
struct Beside {
    bool has_data = false;     // the revision of a dataset group, and what was trained on which
    bool has_batches = false;  // of a dataset: a place for them
    const std::vector<storage::Tag>& tags;
};

/// Stands where the batches of a dataset are written. No text in a document has unescaped quotes.
constexpr std::string_view place_of_batches = "\"batches\":null";

/// Returns what a document holds beside what Describe shows. `members` has at least the references of the resource.
Json local_of(StoredArns& stored, const Kind& kind, const Record& record, const Json& members, base::Instant now,
              const Beside& beside) {
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
    for (const storage::Tag& tag : beside.tags) {
        local["tags"].push_back({{"tagKey", tag.key}, {"tagValue", tag.value}});
    }
    if (beside.has_batches) local[batches_member] = nullptr;
    if (beside.has_data && kind.name == "datasetGroup") {
        const std::int64_t revision = stored.store().row_sets().revision(record.arn);
        if (revision > 0) local[revision_member] = revision;
    }
    if (const auto training = beside.has_data ? resources::known_training(stored.store(), record, now) : std::nullopt) {
        local[trained_member] = trained_json(*training, now);
    }
    return local;
}

Json value_of(StoredArns& stored, const Kind& kind, const Record& record, base::Instant now,
              resources::StatusNames names, const Beside& beside) {
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
    local.update(local_of(stored, kind, record, value, now, beside));
    if (!local.empty()) value["_local"] = std::move(local);
    return value;
}

std::string quoted_date(base::Instant moment) {
    return '"' + base::iso8601(moment) + '"';
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

/// Returns the same as the text of `value_of`, in most cases without making a value.
std::string text_of(StoredArns& stored, const Kind& kind, const Record& record, base::Instant now,
                    resources::StatusNames names, const Beside& beside) {
    // Of what is stored, only timestamps have a fraction: all else is written as a document has it.
    auto text = base::has_fraction(record.document)
                    ? std::nullopt
                    : resources::extended_document(kind, record, now, names, quoted_date);
    if (!text) return base::json_text(value_of(stored, kind, record, now, names, beside));
    const Json local = local_of(stored, kind, record, references_in(kind, record.document), now, beside);
    if (local.empty()) return *std::move(text);
    text->pop_back();
    return text->append(",\"_local\":").append(base::json_text(local)) + "}";
}

}  // namespace

DocumentWriter::DocumentWriter(storage::Store& store, lifecycle::ClockReadings& readings, std::string account,
                               resources::StatusNames names, const Json& settings, bool with_data)
    : store_(store),
      readings_(readings),
      account_(std::move(account)),
      names_(names),
      with_data_(with_data),
      last_id_(store.resources().last_id()),
      text_("{") {
    for (const auto& [name, value] : settings.items()) add(Json(name).dump() + ": ", base::json_text(value));
}

std::optional<std::string> DocumentWriter::next() {
    if (is_over_) return std::nullopt;
    for (read_ = 0; read_ < most_at_once && !is_over_;) {
        if (kind_ == resources::kinds().size()) {
            text_ += "\n}\n";
            is_over_ = true;
        } else if (batches_) {
            write_batches();
        } else if (!page_.empty()) {
            write_page();
        } else {
            read_page();
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

/// Reads the next page of the kind, or ends it.
void DocumentWriter::read_page() {
    page_ = store_.resources().oldest_first(resources::kinds()[kind_].name, last_read_, most_at_once);
    read_ += page_.size();
    if (page_.empty()) return end_kind();
    last_read_ = storage::Position{page_.back().created, page_.back().place};
    std::erase_if(page_, [this](const Record& record) {
        return record.place > last_id_ || (!account_.empty() && record.owner.account != account_);
    });
    std::vector<std::string_view> arns;
    for (const Record& record : page_) arns.push_back(record.arn);
    tags_ = store_.tags().list_all(arns);
    std::ranges::reverse(page_);
}

/// Writes resources up to the first one with batches.
void DocumentWriter::write_page() {
    StoredArns stored(store_);
    const Kind& kind = resources::kinds()[kind_];
    if (!is_kind_open_) {
        text_.append(last() == '{' ? "\n" : ",\n").append(Json(kind.plural).dump()).append(": [");
        is_kind_open_ = true;
    }
    while (!page_.empty() && !batches_) {
        const Record record = std::move(page_.back());
        page_.pop_back();
        const base::Instant now = readings_.now_of(record.owner.account);
        if (with_data_ && kind.name == "dataset") open_batches(record, now);
        static const std::vector<storage::Tag> no_tags;
        const auto tags = tags_.find(record.arn);
        const Beside beside{.has_data = with_data_,
                            .has_batches = batches_.has_value(),
                            .tags = tags == tags_.end() ? no_tags : tags->second};
        std::string text = text_of(stored, kind, record, now, names_, beside);
        if (batches_) {
            const std::size_t place = text.find(place_of_batches) + place_of_batches.size();
            behind_batches_ = text.substr(place);
            text.resize(place - std::string_view("null").size());
        }
        add("  ", text);
    }
}

/// Makes a writer of the batches of a dataset, if it has any.
void DocumentWriter::open_batches(const Record& record, base::Instant now) {
    auto dataset = data::dataset_of(store_, record, now);
    if (!dataset) return;
    batches_.emplace(store_, *std::move(dataset), now);
    if (batches_->is_empty()) batches_.reset();
}

void DocumentWriter::write_batches() {
    const std::size_t count = batches_->step(text_);
    read_ += count;
    if (count > 0) return;
    text_ += behind_batches_;
    batches_.reset();
}

void DocumentWriter::end_kind() {
    if (is_kind_open_) text_ += ']';
    is_kind_open_ = false;
    last_read_.reset();
    ++kind_;
}

}  // namespace plocal::snapshot
