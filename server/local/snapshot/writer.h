// Writes the resources of a store as one fixtures document, which loads back to the same. On the thread that owns the
// store.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/resources/kinds.h"
#include "storage/store.h"

namespace plocal::snapshot {

/// Returns the text of the document: the members of `settings`, then the resources of an account, by kind and in the
/// order of their creation. `account` is "" for all accounts. Resources that AWS owns are included only then. Throws
/// SqlError.
std::string write_document(storage::Store& store, lifecycle::ClockReadings& readings, std::string_view account,
                           resources::StatusNames names, const base::Json& settings);

}  // namespace plocal::snapshot
