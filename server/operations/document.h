// The document of a resource: the part of it that does not change by itself, as text that is ready to be sent. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/lifecycle/lifecycle.h"
#include "server/model/json.h"
#include "server/operations/kinds.h"
#include "storage/record.h"

namespace plocal::operations {

/// `members` cut to the kind's shape, without what its timeline tells.
std::string document_of(const Kind& kind, model::Json members);

/// The resource as Describe shows it at this moment: its document with status, dates and failure reason spliced in.
std::string living_document(const Kind& kind, const storage::Record& record, storage::Instant now, StatusNames names);

/// The same as a value, its dates as milliseconds.
model::Json living_value(const Kind& kind, const storage::Record& record, storage::Instant now, StatusNames names);

}  // namespace plocal::operations
