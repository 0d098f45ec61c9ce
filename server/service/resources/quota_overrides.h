// The service's quotas, and the tenants' changes to them. For one thread.
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

/// The resources that count against a limit.
enum class Counted { all, in_progress };

struct Quota {
    std::string_view name;  // "batchInferenceJobsInProgress"
    std::string_view kind;
    std::string_view within;  // the kind whose resources have the limit each; empty for an account in a region
    Counted counted = Counted::all;
    std::int64_t limit = 0;
};

std::span<const Quota> quota_table();

/// Returns the quota of this name. Throws std::logic_error if there is none.
const Quota& quota_named(std::string_view name);

/// A tenant's changes to the quotas.
struct QuotaChange {
    std::optional<bool> are_enforced;
    std::map<std::string, std::int64_t, std::less<>> limits;  // by the quota's name

    /// Returns these changes, and those of `other` that these do not set.
    QuotaChange over(const QuotaChange& other) const;

    bool operator==(const QuotaChange&) const = default;
};

/// Reads `{"mode": "aws", "limits": {"batchInferenceJobsInProgress": 2}}`, every member optional. Adds every problem to
/// `problems`.
QuotaChange read_quota_change(const base::Json& json, std::vector<base::Problem>& problems);

/// Returns what `read_quota_change` reads back to the same change.
base::Json to_json(const QuotaChange& change);

class QuotaOverrides {
public:
    explicit QuotaOverrides(bool are_enforced = false) : are_enforced_(are_enforced) {}

    /// Returns the limit of an account, or nothing if quotas are not enforced.
    std::optional<std::int64_t> limit_of(std::string_view account, const Quota& quota) const;

    /// Returns the mode and every limit of an account.
    QuotaChange all_of(std::string_view account) const;

    /// Returns the changes that were put for this account ("" for all accounts), or empty changes. Lives until the next
    /// change.
    const QuotaChange& changes_of(std::string_view account) const;
    void put(std::string_view account, QuotaChange change);
    void forget(std::string_view account);

    const std::map<std::string, QuotaChange, std::less<>>& all() const { return changes_; }

private:
    bool are_enforced_;
    std::map<std::string, QuotaChange, std::less<>> changes_;
};

}  // namespace plocal::resources
