// Which plan a resource gets, by account and by kind, and when data that was put is seen. For one thread at a time.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/service/lifecycle/data_delays.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::lifecycle {

/// The plan changes of one account: for all kinds, and for single kinds; and its delays of data.
struct PlanChanges {
    PlanChange common;
    std::map<std::string, PlanChange, std::less<>> by_kind;
    DataDelays data = {};

    /// These changes, with `other` for each absent member.
    PlanChanges over(const PlanChanges& other) const;

    bool operator==(const PlanChanges&) const = default;
};

class PlanOverrides {
public:
    /// `base` is the plan of the command line; `working_kinds` are the kinds whose creation stands for work.
    explicit PlanOverrides(Plan base, std::vector<std::string> working_kinds = {})
        : base_(std::move(base)), working_kinds_(std::move(working_kinds)) {}

    /// The base plan with these changes, each of which beats those before it: the common ones for all kinds and for the
    /// kind, the account's own for all kinds and for the kind. `birth`, the kind's own defaults, beats all changes for
    /// all kinds and is beaten by those for the kind. May be null.
    Plan plan_for(std::string_view account, std::string_view kind, const PlanChange* birth = nullptr) const;

    /// Whether the creation of this kind stands for work.
    bool does_work(std::string_view kind) const;

    /// The delays of what is put into datasets of an account. All members are there.
    DataDelays data_delays(std::string_view account) const;

    /// The changes of an account, "" for the common ones; empty where none were put. The reference lives until the next
    /// put, forget or clear.
    const PlanChanges& changes_of(std::string_view account) const;
    /// Replaces the changes of an account, "" for the common ones.
    void put(std::string_view account, PlanChanges changes);
    /// Drops the changes of an account.
    void forget(std::string_view account);
    void clear() { changes_.clear(); }

    /// All changes, by account.
    const std::map<std::string, PlanChanges, std::less<>>& all() const { return changes_; }

private:
    Plan base_;
    std::vector<std::string> working_kinds_;
    std::map<std::string, PlanChanges, std::less<>> changes_;
};

}  // namespace plocal::lifecycle
