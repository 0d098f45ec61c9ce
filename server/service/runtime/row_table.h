// The rows of the items or actions that a filter is evaluated over, by their index in a model. Immutable once made.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "server/service/data/cell.h"
#include "server/service/recommender/id_table.h"
#include "server/service/runtime/group.h"
#include "server/service/runtime/kept.h"
#include "server/service/runtime/models.h"

namespace plocal::runtime {

/// By index: the row, which is empty for an id without one.
using RowTable = std::vector<data::Row>;

/// About how much memory a row takes beside itself.
std::size_t memory_of(const data::Row& row);

/// Returns what is seen of a dataset now, for the ids of a model, which is in `ids` as long as that is kept. `dataset`
/// may be null. On the thread that owns the store; throws NotMade and SqlError.
Keyed<RowTable> find_row_table(Kept& kept, resources::Context& context, const data::Dataset* dataset,
                               const std::string& model_key, std::shared_ptr<const recommender::IdTable> ids);

}  // namespace plocal::runtime
