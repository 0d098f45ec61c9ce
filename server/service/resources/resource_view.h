// The document of a resource: the part of it that does not change by itself, as text that is ready to be sent. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/kinds.h"
#include "storage/record.h"

namespace plocal::resources {

/// `members` cut to the kind's shape and its hidden member, without what its timeline tells.
std::string document_of(const Kind& kind, base::Json members);

/// What an update is to change, cut to the shape of the kind's update, without what the timeline tells of it.
std::string update_of(const Kind& kind, base::Json members);

/// The resource as Describe shows it at this moment, but for what other resources tell of it.
std::string living_document(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names);

/// The same as a value, its dates as milliseconds, with the hidden member.
base::Json living_value(const Kind& kind, const storage::Record& record, base::Instant now, StatusNames names);

/// The resources that a document of this kind names, each once, its parent among them.
std::vector<std::string> named_in(const Kind& kind, const base::Json& members);

/// The parent that a document of this kind tells; empty where it tells none.
std::string parent_in(const Kind& kind, const base::Json& members);

}  // namespace plocal::resources
