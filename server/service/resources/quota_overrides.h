// The service's limits, and what testers make of them, by tenant. For one thread.
// https://docs.aws.amazon.com/personalize/latest/dg/limits.html
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"

namespace plocal::resources {

/// What is counted against a limit.
enum class Counted { all, in_progress };

struct Quota {
    std::string_view name;  // "batchInferenceJobsInProgress"
    std::string_view kind;
    std::string_view within;  // the kind of which each has its own limit; empty for one by account and region
    Counted counted = Counted::all;
    std::int64_t limit = 0;
};

std::span<const Quota> quota_table();

/// The quota of this name; must be one.
const Quota& quota_named(std::string_view name);

/// What a tenant wants to be different.
struct QuotaChange {
    std::optional<bool> are_enforced;
    std::map<std::string, std::int64_t, std::less<>> limits;  // by the quota's name

    /// These changes, and where they are silent the `other` ones.
    QuotaChange over(const QuotaChange& other) const;

    bool operator==(const QuotaChange&) const = default;
};

/// Reads `{"mode": "aws", "limits": {"batchInferenceJobsInProgress": 2}}`, each optional. What is wrong is added to
/// `problems`, all of it.
QuotaChange read_quota_change(const base::Json& json, std::vector<base::Problem>& problems);

/// What `read_quota_change` reads back to the same.
base::Json to_json(const QuotaChange& change);

class QuotaOverrides {
public:
    explicit QuotaOverrides(bool are_enforced = false) : are_enforced_(are_enforced) {}

    /// The limit that an account is held to; nothing where quotas are off.
    std::optional<std::int64_t> limit_of(std::string_view account, const Quota& quota) const;

    /// Every limit as an account has it, with the mode.
    QuotaChange all_of(std::string_view account) const;

    /// What was put for this account, "" for all; empty changes where nothing was.
    const QuotaChange& changes_of(std::string_view account) const;
    void put(std::string_view account, QuotaChange change);
    void forget(std::string_view account);

    const std::map<std::string, QuotaChange, std::less<>>& all() const { return changes_; }

private:
    bool are_enforced_;
    std::map<std::string, QuotaChange, std::less<>> changes_;
};

}  // namespace plocal::resources
