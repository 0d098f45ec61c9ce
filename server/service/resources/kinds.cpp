#include "server/service/resources/kinds.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "server/base/problem.h"
#include "server/service/lifecycle/timeline_state.h"

namespace plocal::resources {
namespace {

// Told, stored.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> documented_spellings = {
    {{"PENDING", "CREATE PENDING"}, {"IN PROGRESS", "CREATE IN_PROGRESS"}}};

}  // namespace

const Kind& kind_named(std::string_view name) {
    const auto kind = std::ranges::find(kinds(), name, &Kind::name);
    if (kind == kinds().end()) throw std::logic_error("no kind is named " + std::string(name));
    return *kind;
}

std::string_view parent_kind_of(std::string_view kind) {
    for (const ReferenceMember& member : kind_named(kind).references) {
        if (member.is_parent) return member.kind;
        if (member.is_child_of_parent) return parent_kind_of(member.kind);
    }
    return {};
}

const lifecycle::PlanChange* birth_of(const Kind& kind) {
    static const lifecycle::PlanChange at_once = [] {
        lifecycle::PlanChange change;
        change.progression = lifecycle::Progression::time;
        change.pending = std::chrono::milliseconds(0);
        change.in_progress = std::chrono::milliseconds(0);
        return change;
    }();
    return kind.is_born_active ? &at_once : nullptr;
}

bool is_arn_of(const Kind& kind, const Arn& arn) {
    const auto slashes = std::ranges::count(arn.id, '/');
    return arn.type == kind.arn_type && slashes == (kind.has_two_part_id ? 1 : 0) && !arn.id.starts_with('/') &&
           !arn.id.ends_with('/');
}

std::string_view displayed_status(const Kind& kind, std::string_view stored, StatusNames names) {
    if (kind.is_batch_job && names == StatusNames::documented) {
        for (const auto& [told, as_stored] : documented_spellings) {
            if (stored == as_stored) return told;
        }
    }
    return stored;
}

std::string_view stored_status(const Kind& kind, std::string_view told) {
    if (kind.is_batch_job) {
        for (const auto& [as_told, stored] : documented_spellings) {
            if (told == as_told) return stored;
        }
    }
    return told;
}

const lifecycle::Transition* transition_of(const Kind& kind, std::string_view status) {
    return lifecycle::transition_of(kind.transitions, status);
}

const lifecycle::Transition* deletion_transition(const Kind& kind) {
    const auto path = std::ranges::find(kind.transitions, lifecycle::deleted, &lifecycle::Transition::success);
    return path == kind.transitions.end() ? nullptr : &*path;
}

std::vector<std::string_view> statuses_of(const Kind& kind) {
    std::vector<std::string_view> statuses;
    for (const lifecycle::Transition& path : kind.transitions) {
        for (const std::string_view status : {path.pending, path.in_progress, path.success, path.failure}) {
            if (!status.empty() && std::ranges::find(statuses, status) == statuses.end()) statuses.push_back(status);
        }
    }
    return statuses;
}

bool is_shown(const Kind& kind, std::string_view status) {
    const bool is_of_update = status.starts_with("UPDATE");
    const bool is_told_elsewhere = kind.update && !kind.update->is_in_status;
    return status != lifecycle::deleted && status != lifecycle::updating.failure &&
           !(is_of_update && is_told_elsewhere);
}

std::string displayed_statuses(const Kind& kind) {
    std::vector<std::string> told;
    for (const std::string_view status : statuses_of(kind)) {
        if (!is_shown(kind, status)) continue;
        told.emplace_back(displayed_status(kind, status, StatusNames::documented));
    }
    return base::alternatives(told);
}

}  // namespace plocal::resources
