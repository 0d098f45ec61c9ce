// What is a schema's own.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateSchema.html
#pragma once

#include "server/model/languages/avro/schema.h"
#include "server/service/resources/create.h"

namespace plocal::operations {

/// Checks the Avro text for its domain.
void complete_schema(resources::Creation& creation);

/// What a stored schema says. Throws ApiError where a fixture has one that nobody could have created.
languages::AvroSchema schema_of(resources::Context& context, const storage::Record& schema);

}  // namespace plocal::operations
