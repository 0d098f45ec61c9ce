#include "server/service/lifecycle/overrides.h"

#include <algorithm>
#include <utility>

namespace plocal::lifecycle {
namespace {

Plan changed(Plan plan, const PlanChanges& changes, std::string_view kind) {
    plan = changes.common.applied_to(std::move(plan));
    const auto own = changes.by_kind.find(kind);
    return own == changes.by_kind.end() ? plan : own->second.applied_to(std::move(plan));
}

}  // namespace

PlanChanges PlanChanges::over(const PlanChanges& other) const {
    PlanChanges both = other;
    both.common = common.over(other.common);
    for (const auto& [kind, change] : by_kind) {
        PlanChange& merged = both.by_kind[kind];
        merged = change.over(merged);
    }
    both.data = data.over(other.data);
    return both;
}

Plan PlanOverrides::plan_for(std::string_view account, std::string_view kind, const PlanChange* birth) const {
    Plan plan = changed(base_, changes_of(""), kind);
    plan.does_work = does_work(kind);
    if (!account.empty()) plan = changed(std::move(plan), changes_of(account), kind);
    if (birth == nullptr) return plan;
    plan = birth->applied_to(std::move(plan));
    for (const std::string_view owner : {std::string_view(), account}) {
        const PlanChanges& changes = changes_of(owner);
        const auto own = changes.by_kind.find(kind);
        if (own != changes.by_kind.end()) plan = own->second.applied_to(std::move(plan));
    }
    return plan;
}

bool PlanOverrides::does_work(std::string_view kind) const {
    return std::ranges::find(working_kinds_, kind) != working_kinds_.end();
}

DataDelays PlanOverrides::data_delays(std::string_view account) const {
    constexpr std::chrono::milliseconds none(0);
    return changes_of(account).data.over(changes_of("").data).over({none, none});
}

const PlanChanges& PlanOverrides::changes_of(std::string_view account) const {
    static const PlanChanges none;
    const auto found = changes_.find(account);
    return found == changes_.end() ? none : found->second;
}

void PlanOverrides::put(std::string_view account, PlanChanges changes) {
    changes_.insert_or_assign(std::string(account), std::move(changes));
}

void PlanOverrides::forget(std::string_view account) {
    if (const auto found = changes_.find(account); found != changes_.end()) changes_.erase(found);
}

}  // namespace plocal::lifecycle
