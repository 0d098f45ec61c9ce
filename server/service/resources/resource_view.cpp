#include "server/service/resources/resource_view.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "server/model/render.h"
#include "server/model/service.h"

namespace plocal::resources {
namespace {

using base::Json;
using lifecycle::TransitionRun;

/// The members of a resource that follow from its timeline, as Describe shows them.
struct TimelineView {
    std::string_view status;  // empty for a kind without a status
    std::string_view failure_reason;
    base::Instant changed;
};

const model::Shape& shape_named(std::string_view name) {
    const model::Shape* const shape = model::personalize().shape(name);
    if (shape == nullptr) throw std::logic_error("no shape " + std::string(name));
    return *shape;
}

void erase_timeline_members(Json& members) {
    for (const char* const member : {"status", "failureReason", "creationDateTime", "lastUpdatedDateTime"}) {
        members.erase(member);
    }
}

std::int64_t ms_of(base::Instant instant) {
    return instant.time_since_epoch().count();
}

/// Replaces the status of an update by the one before it. Some kinds keep their status during and after an update (seen
/// with campaigns).
void hide_update(const TransitionRun& run, TimelineView& view) {
    if (view.status != run.state.status || view.changed != run.state.changed) return;
    view.changed = run.began;
    view.failure_reason = {};
    if (run.state.status == lifecycle::updating.success) return;
    view.status = run.before.empty() ? lifecycle::active : run.before;
    if (view.status == lifecycle::create_failed) view.failure_reason = run.before_reason;
}

TimelineView timeline_view(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names) {
    if (!kind.has_status()) return {{}, {}, record.timeline.changed};
    const lifecycle::State state = lifecycle::state_at(record.timeline, now);
    TimelineView view{state.status, state.failure_reason, state.changed};
    if (kind.update && !kind.update->is_in_status) {
        const auto run = lifecycle::latest_run(record.timeline, lifecycle::updating, now);
        if (run) hide_update(*run, view);
    } else if (view.status == lifecycle::updating.failure) {
        view.status = lifecycle::active;
        view.failure_reason = {};
    }
    view.status = displayed_status(kind, view.status, names);
    if (!view.failure_reason.empty() && shape_named(kind.shape).member("failureReason") == nullptr) {
        view.failure_reason = {};  // datasets and event trackers do not have the member
    }
    return view;
}

/// The status in `latest...Update` begins with CREATE, where the stored one begins with UPDATE.
std::string update_status(std::string_view stored) {
    constexpr std::string_view update = "UPDATE";
    return stored.starts_with(update) ? "CREATE" + std::string(stored.substr(update.size())) : std::string(stored);
}

/// Applies a finished update to the members.
void merge_update(const UpdateMember& update, const Json& change, Json& members) {
    for (const auto& [name, value] : change.items()) {
        if (name == update.merged_from) {
            Json& whole = members[std::string(update.merged_into)];
            for (const auto& [part, part_value] : value.items()) whole[part] = part_value;
        } else {
            members[name] = value;
        }
    }
}

/// Adds `latest...Update`, and applies the update if it has succeeded.
void add_latest_update(const Kind& kind, const storage::Record& record, base::Instant now, Json& members) {
    if (!kind.update || record.update.empty()) return;
    const auto run = lifecycle::latest_run(record.timeline, lifecycle::updating, now);
    if (!run) return;
    Json update = base::parse_json(record.update);
    if (run->state.status == lifecycle::updating.success) merge_update(*kind.update, update, members);
    update["status"] = update_status(run->state.status);
    if (!run->state.failure_reason.empty()) update["failureReason"] = run->state.failure_reason;
    update["creationDateTime"] = ms_of(run->began);
    update["lastUpdatedDateTime"] = ms_of(run->state.changed);
    members[std::string(kind.update->member)] = std::move(update);
}

/// Returns true if the creation has succeeded. For a resource that is being deleted, the status before the deletion
/// counts.
bool is_created(const Kind& kind, const storage::Record& record, base::Instant now) {
    const lifecycle::Transition& creation = kind.transitions.front();
    const lifecycle::Transition& stopping = lifecycle::stopping_creation;
    std::string_view status = lifecycle::state_at(record.timeline, now).status;
    const lifecycle::Transition* const transition = transition_of(kind, status);
    const bool is_deleting = transition != nullptr && transition->success == lifecycle::deleted;
    if (is_deleting) status = lifecycle::latest_run(record.timeline, *transition, now)->before;
    const std::string_view not_created[] = {creation.pending, creation.in_progress, creation.failure,
                                            stopping.in_progress, stopping.success};
    return std::ranges::find(not_created, status) == std::end(not_created);
}

/// Returns true if Describe shows the stored document with nothing but status and dates added.
bool is_plain(const Kind& kind, const storage::Record& record) {
    return !kind.hidden && kind.shown_once_created.empty() && record.update.empty();
}

}  // namespace

std::string document_of(const Kind& kind, Json members) {
    erase_timeline_members(members);
    std::string text = model::render(shape_named(kind.shape), members);
    if (!kind.hidden || !members.contains(kind.hidden->member)) return text;
    const Json& hidden = members[std::string(kind.hidden->member)];
    text.back() = text.size() > 2 ? ',' : ' ';
    text.append(Json(kind.hidden->member).dump()).append(":");
    return text + model::render(shape_named(kind.hidden->shape), hidden) + "}";
}

std::string update_of(const Kind& kind, Json members) {
    erase_timeline_members(members);
    return model::render(shape_named(kind.update.value().shape), members);
}

std::optional<std::string> extended_document(const Kind& kind, const storage::Record& record, base::Instant now,
                                             StatusNames names, std::string (*date)(base::Instant)) {
    if (!is_plain(kind, record)) return std::nullopt;
    const TimelineView view = timeline_view(kind, record, now, names);
    std::string text;
    text.reserve(record.document.size() + view.failure_reason.size() + 160);
    text.append(record.document, 0, record.document.size() - 1);  // all but the closing brace
    if (text.size() > 1) text += ',';
    if (!view.status.empty()) text.append(R"("status":")").append(view.status).append(R"(",)");
    if (!view.failure_reason.empty()) {
        text.append(R"("failureReason":)").append(Json(view.failure_reason).dump()).append(",");
    }
    text.append(R"("creationDateTime":)").append(date(record.created));
    text.append(R"(,"lastUpdatedDateTime":)").append(date(view.changed)).append("}");
    return text;
}

std::string current_document(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names) {
    if (auto text = extended_document(kind, record, now, names, model::timestamp_text)) return *std::move(text);
    return model::render(shape_named(kind.shape), current_value(kind, record, now, names));
}

Json current_value(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names) {
    const TimelineView view = timeline_view(kind, record, now, names);
    Json value = base::parse_json(record.document);
    add_latest_update(kind, record, now, value);
    if (!kind.shown_once_created.empty() && !is_created(kind, record, now)) {
        value.erase(std::string(kind.shown_once_created));
    }
    if (!view.status.empty()) value["status"] = view.status;
    if (!view.failure_reason.empty()) value["failureReason"] = view.failure_reason;
    value["creationDateTime"] = ms_of(record.created);
    value["lastUpdatedDateTime"] = ms_of(view.changed);
    return value;
}

std::string parent_in(const Kind& kind, const Json& members) {
    for (const ReferenceMember& member : kind.references) {
        const auto found = members.find(member.member);
        const auto* const arn = found == members.end() ? nullptr : found->get_ptr<const std::string*>();
        if (arn == nullptr) continue;
        if (member.is_parent) return *arn;
        if (member.is_child_of_parent) return arn->substr(0, arn->rfind('/'));
    }
    return {};
}

std::vector<std::string> referenced_arns(const Kind& kind, const Json& members) {
    std::vector<std::string> arns;
    const auto add = [&arns](std::string arn) {
        if (!arn.empty() && std::ranges::find(arns, arn) == arns.end()) arns.push_back(std::move(arn));
    };
    for (const ReferenceMember& member : kind.references) {
        const auto found = members.find(member.member);
        if (found != members.end() && found->is_string()) add(found->get<std::string>());
    }
    add(parent_in(kind, members));
    return arns;
}

}  // namespace plocal::resources
