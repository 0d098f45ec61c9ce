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

// The displayed status and the stored one.
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

const lifecycle::PlanChange* default_creation_change(const Kind& kind) {
    static const lifecycle::PlanChange at_once = [] {
        lifecycle::PlanChange change;
        change.progression = lifecycle::Progression::time;
        change.pending = std::chrono::milliseconds(0);
        change.in_progress = std::chrono::milliseconds(0);
        return change;
    }();
    return kind.created_at_once ? &at_once : nullptr;
}

bool is_arn_of(const Kind& kind, const Arn& arn) {
    const auto slashes = std::ranges::count(arn.id, '/');
    return arn.type == kind.arn_type && slashes == (kind.id_form == IdForm::two_parts ? 1 : 0) &&
           !arn.id.starts_with('/') && !arn.id.ends_with('/');
}

std::string_view displayed_status(const Kind& kind, std::string_view stored, StatusNames names) {
    if (kind.is_batch_job && names == StatusNames::documented) {
        for (const auto& [displayed, as_stored] : documented_spellings) {
            if (stored == as_stored) return displayed;
        }
    }
    return stored;
}

std::string_view stored_status(const Kind& kind, std::string_view displayed) {
    if (kind.is_batch_job) {
        for (const auto& [as_displayed, stored] : documented_spellings) {
            if (displayed == as_displayed) return stored;
        }
    }
    return displayed;
}

const lifecycle::Transition* transition_of(const Kind& kind, std::string_view status) {
    return lifecycle::transition_of(kind.transitions, status);
}

const lifecycle::Transition* deletion_transition(const Kind& kind) {
    const auto deletion = std::ranges::find(kind.transitions, lifecycle::deleted, &lifecycle::Transition::success);
    return deletion == kind.transitions.end() ? nullptr : &*deletion;
}

std::vector<std::string_view> statuses_of(const Kind& kind) {
    std::vector<std::string_view> statuses;
    for (const lifecycle::Transition& each : kind.transitions) {
        for (const std::string_view status : {each.pending, each.in_progress, each.success, each.failure}) {
            if (!status.empty() && std::ranges::find(statuses, status) == statuses.end()) statuses.push_back(status);
        }
    }
    return statuses;
}

bool is_shown(const Kind& kind, std::string_view status) {
    const bool is_of_update = status.starts_with("UPDATE");
    const bool is_shown_elsewhere = kind.update && !kind.update->is_in_status;
    return status != lifecycle::deleted && status != lifecycle::updating.failure &&
           !(is_of_update && is_shown_elsewhere);
}

std::string displayed_statuses(const Kind& kind) {
    std::vector<std::string> displayed;
    for (const std::string_view status : statuses_of(kind)) {
        if (!is_shown(kind, status)) continue;
        displayed.emplace_back(displayed_status(kind, status, StatusNames::documented));
    }
    return base::alternatives(displayed);
}

}  // namespace plocal::resources
