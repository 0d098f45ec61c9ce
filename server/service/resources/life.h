// The only way by which a resource and its timeline reach the store. What follows from a timeline (the stable status,
// and when the resource is due) is derived here, so no caller can forget it. On the thread that owns the store; every
// call may throw SqlError and needs a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/service/resources/context.h"
#include "server/service/resources/hooks.h"
#include "storage/record.h"
#include "storage/store.h"

namespace plocal::resources {

/// What the derived columns depend on beside the record. The same for every request.
struct LifeRules {
    const HookTable& hooks;
    std::uint64_t seed = 0;
};

/// The rules of a request.
LifeRules life_rules(const Context& context);

/// Saves a resource whose timeline, latest update or document has changed at `now`, on its owner's clock. Fills in what
/// is derived. Throws std::logic_error where the store has no such resource.
void save_life(storage::Store& store, const LifeRules& rules, storage::Record& record, base::Instant now);

/// Stores a new resource, and fills in what is derived. Returns false, and changes nothing, where the ARN is taken.
bool insert_life(storage::Store& store, const LifeRules& rules, storage::Record& record,
                 const std::vector<storage::Reference>& references, base::Instant now);

/// Saves a resource that has done what was due: `record.due` is kept as it is, for it names the next moment or none.
void save_after_due(storage::Store& store, const storage::Record& record);

/// When the last of an account's resources becomes stable, or became so. What is removed with its parent counts until
/// then at most. Nothing where none has a timed step.
std::optional<base::Instant> latest_stable(storage::Store& store, std::string_view account);

}  // namespace plocal::resources
