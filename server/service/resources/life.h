// Stores resources with their timelines. No other room does: the columns that derive from a timeline (the stable state
// and the due time) are computed here, so no caller can forget it. On the thread that owns the store; every call may
// throw SqlError and needs a transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/service/resources/context.h"
#include "server/service/resources/hooks.h"
#include "storage/record.h"
#include "storage/resource_rows.h"
#include "storage/store.h"
#include "storage/trainings.h"

namespace plocal::resources {

/// The input of the derived columns beside the record. The same for every request.
struct LifeRules {
    const HookTable& hooks;
    std::uint64_t seed = 0;
};

/// The rules of a request.
LifeRules life_rules(const Context& context);

/// Saves a resource whose timeline, latest update or document has changed at `now` on its owner's clock. Sets the
/// derived members of the record. Throws std::logic_error if the store has no such resource.
void save_life(storage::Store& store, const LifeRules& rules, storage::Record& record, base::Instant now);

/// Stores a new resource, and sets the derived members of the record. Returns false and stores nothing if the ARN is
/// taken.
bool insert_life(storage::Store& store, const LifeRules& rules, storage::Record& record,
                 const std::vector<storage::Reference>& references, base::Instant now);

/// A new resource of an invisible layer, stored at `now` on its owner's clock.
struct StagedLife {
    storage::Record& record;
    const std::vector<storage::Reference>& references;
    base::Instant now;
};

/// Stores new resources in the invisible layers that `layer_of` chooses once the derived members of a record are set.
/// Returns for each its layer and whether it is stored: it is not where the layer has its ARN.
std::vector<storage::NewResource> stage_lives(storage::Store& store, const LifeRules& rules,
                                              const std::function<std::int64_t(const StagedLife&)>& layer_of,
                                              std::span<const StagedLife> lives);

/// Returns when the training of a resource begins, or began, by `now` at the latest; nothing for one that is not
/// trained, and for one that a fixture gave as trained.
std::optional<base::Instant> training_start(const storage::Record& record, base::Instant now);

/// Returns a solution version or recommender as trainings are stored by it. Its dataset group is inherited.
storage::TrainedResource trained_resource(storage::Store& store, const storage::Record& record);

/// Returns the training that is stored for a resource, or nothing.
std::optional<storage::Training> stored_training(storage::Store& store, const storage::Record& record);

/// Returns what a resource knows by `now`: what is stored, else what was there when the clock began its training.
/// Returns nothing for one that a fixture gives as trained, where its dataset group never had rows, and for other
/// kinds.
std::optional<storage::Training> known_training(storage::Store& store, const storage::Record& record,
                                                base::Instant now);

/// Saves a resource after its due work. Stores `record.due` as it is: it holds the next due time already.
void save_after_due(storage::Store& store, const storage::Record& record);

/// Returns when the last of an account's resources becomes or became stable, or nothing if none has a timed step. A
/// resource that is removed with its parent counts at most until then.
std::optional<base::Instant> latest_stable(storage::Store& store, std::string_view account);

}  // namespace plocal::resources
