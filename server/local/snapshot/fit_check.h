// Whether fixtures that name each other fit together, as a Create would ask it. Pure.
#pragma once

#include "server/local/snapshot/reader.h"

namespace plocal::snapshot {

/// Adds to the problems of a reading: jobs whose filter is of another dataset group than their solution version, where
/// all three are there. What is absent is taken to fit.
void check_fit(Reading& reading);

}  // namespace plocal::snapshot
