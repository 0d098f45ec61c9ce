// The ARN of a resource of a document, and what follows from it. Pure.
#pragma once

#include <optional>

#include "server/local/snapshot/partial_resource.h"
#include "server/service/resources/arn.h"

namespace plocal::snapshot {

/// Returns the ARN. Returns nothing, and adds a problem, where it is not of this kind, or not of an account. Its views
/// live as long as `partial`.
std::optional<resources::Arn> take_arn(PartialResource& partial);

/// Checks the name against the ARN, and fills in the members that follow from that.
void complete_from_arn(PartialResource& partial, const resources::Arn& arn);

}  // namespace plocal::snapshot
