// Converts between a resource's stored document and the view that Describe shows. The stored document has everything
// except the members that follow from the timeline: status, failure reason and dates. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// Returns the stored document: `members` cut to the kind's shape and its hidden member, without the timeline's
/// members.
std::string document_of(const Kind& kind, base::Json members);

/// Returns the stored update: `members` cut to the shape of the kind's update, without the timeline's members.
std::string update_of(const Kind& kind, base::Json members);

/// Returns the stored document with status and dates added, in the order of `current_value`. Returns nothing for a
/// resource that Describe shows with other differences.
std::optional<std::string> extended_document(const Kind& kind, const storage::Record& record, base::Instant now,
                                             StatusNames names, std::string (*date)(base::Instant));

/// Returns the resource as Describe shows it at `now`, without members that come from other resources.
std::string current_document(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names);

/// Returns the same as a value with the hidden member. Dates are milliseconds since 1970.
base::Json current_value(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names);

/// Returns the ARNs that a document of this kind references, each once, the parent's among them.
std::vector<std::string> referenced_arns(const Kind& kind, const base::Json& members);

/// Returns the parent's ARN in a document of this kind, or "".
std::string parent_in(const Kind& kind, const base::Json& members);

}  // namespace plocal::resources
