// Reads when a solution of a document trains next, and what a solution version or recommender of one knows. Pure.
//
//     "trained": {"revision": 7, "at": "1500ms ago"}
#pragma once

#include <cstdint>
#include <optional>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/local/snapshot/partial_resource.h"
#include "storage/trainings.h"

namespace plocal::snapshot {

/// Returns the moment of the next training of a solution: that of `_local.nextTraining`, else the next one of its
/// schedule, which begins with its creation. Returns nothing for a solution without automatic training, and for all
/// other kinds. A bad moment and a bad schedule become problems of `partial`.
std::optional<base::Instant> take_next_training(PartialResource& partial, std::uint64_t seed, base::Instant created,
                                                base::Instant now);

/// Returns what `_local.trained` says, or nothing where it is absent. What is wrong becomes problems of `partial`: the
/// revision is one of the dataset group that the resource names, and the moment that of loading where none is given.
std::optional<storage::Training> take_trained(PartialResource& partial, base::Instant now);

/// Returns what `take_trained` reads back.
base::Json trained_json(const storage::Training& training, base::Instant now);

}  // namespace plocal::snapshot
