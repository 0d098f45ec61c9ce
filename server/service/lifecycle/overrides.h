// Which plan a new resource gets: by tenant and by kind. For one thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server/service/lifecycle/plan.h"

namespace plocal::lifecycle {

/// What a tenant wants to be different: for all kinds, and for some of them.
struct PlanChanges {
    PlanChange common;
    std::map<std::string, PlanChange, std::less<>> by_kind;

    /// These changes, and where they are silent the `other` ones.
    PlanChanges over(const PlanChanges& other) const;

    bool operator==(const PlanChanges&) const = default;
};

class PlanOverrides {
public:
    /// `base` is what the program was started with.
    explicit PlanOverrides(Plan base) : base_(std::move(base)) {}

    /// The base, changed by what is common to all tenants, then by the account's own; within each what is for the kind
    /// beats what is for all kinds. What the kind is like by itself (`birth`) beats what is for all kinds too.
    Plan plan_for(std::string_view account, std::string_view kind, const PlanChange* birth = nullptr) const;

    /// What was put for this account, "" for all; empty changes where nothing was.
    const PlanChanges& changes_of(std::string_view account) const;
    void put(std::string_view account, PlanChanges changes);
    void forget(std::string_view account);
    void clear() { changes_.clear(); }

    const std::map<std::string, PlanChanges, std::less<>>& all() const { return changes_; }

private:
    Plan base_;
    std::map<std::string, PlanChanges, std::less<>> changes_;
};

}  // namespace plocal::lifecycle
