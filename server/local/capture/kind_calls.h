// The operations that read the resources of a kind, as the table of kinds and the model have them. Pure.
#pragma once

#include <string>

#include "server/service/resources/kinds.h"

namespace plocal::capture {

/// Returns the kind's List, "ListCampaigns", or "" for a kind without one.
std::string list_operation(const resources::Kind& kind);

/// Returns the kind's Describe, "DescribeCampaign".
std::string describe_operation(const resources::Kind& kind);

/// Returns the operation that lists what Describe does not show, "ListMetricAttributionMetrics", or "" for a kind
/// without one.
std::string hidden_list_operation(const resources::Kind& kind);

/// Returns true for a kind whose resources can have tags.
bool has_tags(const resources::Kind& kind);

}  // namespace plocal::capture
