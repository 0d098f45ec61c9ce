// The hooks of datasets: ARN, type and schema. On the thread that owns the store; every call may throw SqlError, the
// hooks also ApiError.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDataset.html
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "server/model/languages/avro/schema.h"
#include "server/service/resources/create.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

/// Derives the ARN from group and type. Requires a schema of this type and of the group's domain.
void complete_dataset(resources::Creation& creation);

/// Requires a dataset of items or users, and another schema of the same type and of the dataset group's domain, which
/// keeps every field as it is and whose new fields may be null.
void complete_dataset_update(resources::Change& change);

/// Returns the schema of a dataset, or nothing if it is unknown, as for a schema that a fixture references without
/// defining it.
std::optional<languages::AvroSchema> columns_of(resources::Context& context, const storage::Record& dataset);

/// Returns the datasets of a group, by type.
std::map<std::string, storage::Record, std::less<>> datasets_of(resources::Context& context,
                                                                const std::string& group_arn);

}  // namespace plocal::operations
