// Reads a fixtures document into records: the output of `aws personalize describe-...`, of one resource or of many.
// Reads no files and stores nothing. Pure.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/local/snapshot/fixture.h"

namespace plocal::snapshot {

/// Adds every good resource of a document to `reading`, and the problems of all others. The statuses of a resource in
/// progress go on from now. What `_local` of a resource leaves open follows the plan of its owner. Members that hold
/// settings are skipped.
void read_document(Reading& reading, const std::string& source, const base::Json& document, const ReadContext& context);

}  // namespace plocal::snapshot
