// What a document tells of a solution's automatic training. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "server/base/instant.h"
#include "server/local/snapshot/partial_resource.h"

namespace plocal::snapshot {

/// When a solution trains next: as a snapshot's `nextTraining` says, else at the next of the moments that follow from
/// its creation. Nothing where it does not train by itself, and for all other kinds. A schedule or a moment that is
/// none becomes a problem of the draft's.
std::optional<base::Instant> take_next_training(PartialResource& partial, std::uint64_t seed, base::Instant created,
                                                base::Instant now);

}  // namespace plocal::snapshot
