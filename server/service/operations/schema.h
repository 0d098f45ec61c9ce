// The hook of schemas: their Avro text. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateSchema.html
#pragma once

#include "server/model/languages/avro/schema.h"
#include "server/service/resources/create.h"

namespace plocal::operations {

/// Checks the Avro text against the rules of its domain. Throws ApiError.
void complete_schema(resources::Creation& creation);

/// Reads a stored schema. Throws ApiError if its text is invalid, which is possible for a schema from a fixture.
languages::AvroSchema schema_of(resources::Context& context, const storage::Record& schema);

}  // namespace plocal::operations
