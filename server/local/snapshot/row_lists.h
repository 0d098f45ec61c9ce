// Reads a dataset of a document without the rows in it, which may be too many for memory: each list of rows becomes its
// offset in the document. For one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/base/json.h"
#include "server/base/json_scanner.h"

namespace plocal::snapshot {

/// Members of `_local`.
inline constexpr const char* rows_member = "rows";
inline constexpr const char* batches_member = "batches";
inline constexpr const char* revision_member = "revision";
inline constexpr const char* trained_member = "trained";

/// Takes the next value, a dataset, and returns its text with `{"offset": N}` in a list in the place of each list of
/// rows in `_local`. Returns nothing where no value begins or ends.
std::optional<std::string> take_without_rows(base::JsonScanner& scanner);

/// Returns the offset that stands in the place of a list of rows, or nothing for any other value.
std::optional<std::uint64_t> offset_in(const base::Json& value);

/// Removes from a dataset or dataset group what says which rows it has.
void leave_out_rows(base::Json& resource);

}  // namespace plocal::snapshot
