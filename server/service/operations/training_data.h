// Whether a dataset group has the data for training. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/how-it-works.html, and each recipe's own page
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "storage/store.h"

namespace plocal::operations {

/// Requires that the dataset group of a solution or recommender with these members has the datasets of its recipe, with
/// data. A group from a fixture without any datasets passes, and with lenient references every group does. Throws
/// ApiError (ResourceInUseException while data is imported, InvalidInputException without data) and SqlError.
void require_data(resources::Context& context, const base::Json& members);

/// Returns true if any dataset of a group has rows. Throws SqlError.
bool has_rows(storage::Store& store, const std::string& group_arn);

}  // namespace plocal::operations
