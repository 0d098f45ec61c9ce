// What a snapshot says about the batches of a dataset and about the revision of a dataset group. Pure.
//
//     "batches": [{"revision": 7, "until": 9, "by": "put", "at": "1500ms ago", "rows": [{...}, ...]}, ...]
//
// `until` is the revision at which the batch was replaced.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/snapshot/fixture.h"
#include "server/local/snapshot/row_lists.h"

namespace plocal::snapshot {

/// Reads the batches of a dataset, which stand at `place`. Leaves out what is wrong, and adds it to `problems`.
std::vector<RowsInput> read_batches(const Location& place, const std::string& dataset, const base::Json& list,
                                    base::Instant now, std::vector<base::Problem>& problems);

/// Reads the revision of a dataset group. Adds what is wrong with it.
std::int64_t read_revision(const base::Json& json, std::vector<base::Problem>& problems);

/// Appends all of a batch up to its rows, with the bracket before them.
void begin_batch(const storage::ShownBatch& batch, base::Instant now, std::string& out);

}  // namespace plocal::snapshot
