// Reads where documents say that rows of datasets are: in files beside them, or in their own lists. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/snapshot/fixture.h"

namespace plocal::snapshot {

/// The member of a document that brings rows of datasets.
inline constexpr std::string_view data_member = "data";

/// Reads the member "file" or "rows" of what brings rows. `input` has its place already. The file is found from the
/// document's folder. Adds what is wrong with the value.
void take_rows_input(RowsInput& input, std::string_view member, const base::Json& value,
                     std::vector<base::Problem>& problems);

/// Reads a list of `{"datasetArn": ..., "file": ...}`, or with "rows" in the place of "file". Leaves out what is wrong,
/// and adds it to `problems`.
std::vector<RowsInput> read_data(const Location& place, const base::Json& list, std::vector<FixtureProblem>& problems);

}  // namespace plocal::snapshot
