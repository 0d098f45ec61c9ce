// Checks that fixtures which name each other fit together, as a Create checks it. Pure.
#pragma once

#include "server/local/snapshot/fixture.h"

namespace plocal::snapshot {

/// Adds a problem to the reading for each batch job whose filter belongs to another dataset group than its solution
/// version. Judges only jobs whose solution version, filter and dataset group are all in the reading.
void check_fit(Reading& reading);

}  // namespace plocal::snapshot
