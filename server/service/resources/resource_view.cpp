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

struct Life {
    std::string_view status;  // empty for a kind without one
    std::string_view failure_reason;
    base::Instant changed;
};

const model::Shape& shape_named(std::string_view name) {
    const model::Shape* const shape = model::personalize().shape(name);
    if (shape == nullptr) throw std::logic_error("no shape " + std::string(name));
    return *shape;
}

void erase_life(Json& members) {
    for (const char* const told_by_timeline : {"status", "failureReason", "creationDateTime", "lastUpdatedDateTime"}) {
        members.erase(told_by_timeline);
    }
}

std::int64_t ms_of(base::Instant instant) {
    return instant.time_since_epoch().count();
}

/// How a resource looks during an update, and after it, that leaves its own status alone (seen of campaigns).
void look_past_update(const TransitionRun& way, Life& life) {
    if (life.status != way.state.status || life.changed != way.state.changed) return;
    life.changed = way.began;
    life.failure_reason = {};
    if (way.state.status == lifecycle::updating.success) return;
    life.status = way.before.empty() ? lifecycle::active : way.before;
    if (life.status == lifecycle::create_failed) life.failure_reason = way.before_reason;
}

Life life_of(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names) {
    if (!kind.has_status()) return {{}, {}, record.timeline.changed};
    const lifecycle::State state = lifecycle::state_at(record.timeline, now);
    Life life{state.status, state.failure_reason, state.changed};
    if (kind.update && !kind.update->is_in_status) {
        const auto way = lifecycle::latest_run(record.timeline, lifecycle::updating, now);
        if (way) look_past_update(*way, life);
    } else if (life.status == lifecycle::updating.failure) {
        life.status = lifecycle::active;
        life.failure_reason = {};
    }
    life.status = displayed_status(kind, life.status, names);
    if (!life.failure_reason.empty() && shape_named(kind.shape).member("failureReason") == nullptr) {
        life.failure_reason = {};  // datasets and event trackers do not tell why they failed
    }
    return life;
}

/// An update tells its status in the words of a creation.
std::string update_status(std::string_view stored) {
    constexpr std::string_view update = "UPDATE";
    return stored.starts_with(update) ? "CREATE" + std::string(stored.substr(update.size())) : std::string(stored);
}

/// Changes the members to what an update made of them.
void overlay(const UpdateMember& update, const Json& change, Json& members) {
    for (const auto& [name, value] : change.items()) {
        if (name == update.merged_from) {
            Json& whole = members[std::string(update.merged_into)];
            for (const auto& [part, part_value] : value.items()) whole[part] = part_value;
        } else {
            members[name] = value;
        }
    }
}

void tell_update(const Kind& kind, const storage::Record& record, base::Instant now, Json& members) {
    if (!kind.update || record.update.empty()) return;
    const auto way = lifecycle::latest_run(record.timeline, lifecycle::updating, now);
    if (!way) return;
    Json update = base::parse_json(record.update);
    if (way->state.status == lifecycle::updating.success) overlay(*kind.update, update, members);
    update["status"] = update_status(way->state.status);
    if (!way->state.failure_reason.empty()) update["failureReason"] = way->state.failure_reason;
    update["creationDateTime"] = ms_of(way->began);
    update["lastUpdatedDateTime"] = ms_of(way->state.changed);
    members[std::string(kind.update->member)] = std::move(update);
}

/// Whether it has been made, by what it is now, or was when it began to leave.
bool is_done(const Kind& kind, const storage::Record& record, base::Instant now) {
    const lifecycle::Transition& creation = kind.transitions.front();
    const lifecycle::Transition& stopping = lifecycle::stopping_creation;
    std::string_view status = lifecycle::state_at(record.timeline, now).status;
    const lifecycle::Transition* const path = transition_of(kind, status);
    const bool is_leaving = path != nullptr && path->success == lifecycle::deleted;
    if (is_leaving) status = lifecycle::latest_run(record.timeline, *path, now)->before;
    const std::string_view unmade[] = {creation.pending, creation.in_progress, creation.failure, stopping.in_progress,
                                       stopping.success};
    return std::ranges::find(unmade, status) == std::end(unmade);
}

/// Whether the stored document is what Describe shows but for status and dates.
bool is_plain(const Kind& kind, const storage::Record& record) {
    return !kind.hidden && kind.shown_when_done.empty() && record.update.empty();
}

}  // namespace

std::string document_of(const Kind& kind, Json members) {
    erase_life(members);
    std::string text = model::render(shape_named(kind.shape), members);
    if (!kind.hidden || !members.contains(kind.hidden->member)) return text;
    const Json& hidden = members[std::string(kind.hidden->member)];
    text.back() = text.size() > 2 ? ',' : ' ';
    text.append(Json(kind.hidden->member).dump()).append(":");
    return text + model::render(shape_named(kind.hidden->shape), hidden) + "}";
}

std::string update_of(const Kind& kind, Json members) {
    erase_life(members);
    return model::render(shape_named(kind.update.value().shape), members);
}

std::string living_document(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names) {
    if (!is_plain(kind, record)) return model::render(shape_named(kind.shape), living_value(kind, record, now, names));
    const Life life = life_of(kind, record, now, names);
    std::string text;
    text.reserve(record.document.size() + life.failure_reason.size() + 160);
    text.append(record.document, 0, record.document.size() - 1);  // all but the closing brace
    if (text.size() > 1) text += ',';
    if (!life.status.empty()) text.append(R"("status":")").append(life.status).append(R"(",)");
    if (!life.failure_reason.empty()) {
        text.append(R"("failureReason":)").append(Json(life.failure_reason).dump()).append(",");
    }
    text.append(R"("creationDateTime":)").append(model::moment(record.created));
    text.append(R"(,"lastUpdatedDateTime":)").append(model::moment(life.changed)).append("}");
    return text;
}

Json living_value(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names) {
    const Life life = life_of(kind, record, now, names);
    Json value = base::parse_json(record.document);
    tell_update(kind, record, now, value);
    if (!kind.shown_when_done.empty() && !is_done(kind, record, now)) value.erase(std::string(kind.shown_when_done));
    if (!life.status.empty()) value["status"] = life.status;
    if (!life.failure_reason.empty()) value["failureReason"] = life.failure_reason;
    value["creationDateTime"] = ms_of(record.created);
    value["lastUpdatedDateTime"] = ms_of(life.changed);
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

std::vector<std::string> named_in(const Kind& kind, const Json& members) {
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
