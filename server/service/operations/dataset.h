// What is a dataset's own: its ARN, and the schema that must fit.
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

/// One of a type a group; a schema of that type, and of the group's domain.
void complete_dataset(resources::Creation& creation);

/// Another schema of the same type, and of the domain of the dataset group.
void complete_dataset_update(resources::Change& change);

/// What the schema of a dataset says; nothing where no schema tells, as of one that a fixture only names.
std::optional<languages::AvroSchema> columns_of(resources::Context& context, const storage::Record& dataset);

/// The datasets of a group, by type.
std::map<std::string, storage::Record, std::less<>> datasets_of(resources::Context& context,
                                                                const std::string& group_arn);

}  // namespace plocal::operations
