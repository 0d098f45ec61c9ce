// References to resources that do not exist. A snapshot lists them in `_local.absent`, so that loading it elsewhere
// does not take a deleted resource to exist. On the thread that owns the store.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"
#include "storage/store.h"

namespace plocal::snapshot {

inline constexpr std::string_view absent_member = "absent";

/// True for the ARN of a resource that AWS owns, such as a recipe. Those need not be in the store.
bool is_of_aws(std::string_view arn);

/// The line for the log about a resource that is taken to exist.
std::string assumption_note(std::string_view arn);

/// Returns the ARNs that the latest update of a record names, while it is in progress. The record has an update of its
/// kind, or none.
std::vector<std::string> named_in_running_update(const resources::Kind& kind, const storage::Record& record,
                                                 base::Instant now);

/// Which ARNs a store has. Asks the store once for each: it must not change meanwhile.
class StoredArns {
public:
    explicit StoredArns(storage::Store& store) : store_(store) {}

    /// Throws SqlError.
    bool contains(const std::string& arn);

    storage::Store& store() { return store_; }

private:
    storage::Store& store_;
    std::unordered_map<std::string, bool> known_;
};

/// Returns the ARNs that a resource names and that have been deleted: they are not in the store, and they were not
/// taken to exist. `members` is the resource as Describe shows it. Throws SqlError.
std::vector<std::string> absent_references(StoredArns& stored, const resources::Kind& kind,
                                           const storage::Record& record, const base::Json& members, base::Instant now);

/// Reads `_local.absent`: a list of ARNs, each one of `references`. Adds what is wrong to `problems`, with pointers
/// from the list on.
std::set<std::string> read_absent(const base::Json& json, const std::vector<storage::Reference>& references,
                                  std::vector<base::Problem>& problems);

}  // namespace plocal::snapshot
