// What is in a store as one fixtures document, which `read_document` reads back to the same.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/resources/kinds.h"
#include "storage/store.h"

namespace plocal::snapshot {

/// The document's text: `arrangement`'s members, then all resources by kind in the order in which they came; those of
/// one account, or where it is "" of all, but never what AWS owns. Throws SqlError.
std::string write_document(storage::Store& store, lifecycle::ClockReadings& readings, std::string_view account,
                           resources::StatusNames names, const base::Json& section);

}  // namespace plocal::snapshot
