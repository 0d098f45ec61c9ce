// A dataset as its rows need it. On the thread that owns the store; every call may throw SqlError.
#pragma once

#include <optional>

#include "server/service/data/columns.h"
#include "server/service/resources/context.h"
#include "storage/record.h"
#include "storage/row_set.h"
#include "storage/row_sets.h"
#include "storage/store.h"

namespace plocal::data {

/// The rows of a dataset and their columns.
struct Dataset {
    storage::RowSetOwner owner;
    Columns columns;
};

/// Returns nothing where the schema of the dataset is unknown, as for one that a fixture names without defining it.
std::optional<Dataset> dataset_of(resources::Context& context, const storage::Record& record);

/// Returns to which dataset the rows of a record of the kind dataset belong.
storage::RowSetOwner owner_of(const storage::Record& record);

/// Returns what is seen of a dataset now, or at a revision of its group: nothing where it never had rows.
storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner);
storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner, std::int64_t revision);

}  // namespace plocal::data
