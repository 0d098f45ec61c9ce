// Reads when a solution of a document trains next. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "server/base/instant.h"
#include "server/local/snapshot/partial_resource.h"

namespace plocal::snapshot {

/// Returns the moment of the next training of a solution: that of `_local.nextTraining`, else the next one of its
/// schedule, which begins with its creation. Returns nothing for a solution without automatic training, and for all
/// other kinds. A bad moment and a bad schedule become problems of `partial`.
std::optional<base::Instant> take_next_training(PartialResource& partial, std::uint64_t seed, base::Instant created,
                                                base::Instant now);

}  // namespace plocal::snapshot
