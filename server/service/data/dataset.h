// A dataset as its rows need it. On the thread that owns the store; every call may throw SqlError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/base/instant.h"
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

/// The same without a request, at a moment of the dataset's clock.
std::optional<Dataset> dataset_of(storage::Store& store, const storage::Record& record, base::Instant now);

/// Returns the ARN of the schema that a dataset has at a moment of its clock, or nothing where it names none.
std::optional<std::string> schema_arn_of(const storage::Record& dataset, base::Instant now);

/// Returns nothing for a schema from a fixture that has no text, or an invalid one.
std::optional<Columns> columns_of(const storage::Record& schema);

/// Returns to which dataset the rows of a record of the kind dataset belong.
storage::RowSetOwner owner_of(const storage::Record& record);

/// Returns what is seen of a dataset now, or at a revision of its group: nothing where it never had rows.
storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner);
storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner, std::int64_t revision);

}  // namespace plocal::data
