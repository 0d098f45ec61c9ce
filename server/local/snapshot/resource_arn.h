// The ARN of a resource of a document, and what follows from it. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "server/local/snapshot/partial_resource.h"
#include "server/service/resources/arn.h"

namespace plocal::snapshot {

/// What is expected of an ARN of the right kind whose account is none.
inline constexpr std::string_view of_an_account = ", with an account of twelve digits";

/// Returns true if the account of the ARN is twelve digits. Only what AWS owns may have none.
bool has_owner(const resources::Kind& kind, const resources::Arn& arn);

/// Returns the ARN. Returns nothing, and adds a problem, where it is not of this kind, or not of an account. Its views
/// live as long as `partial`.
std::optional<resources::Arn> take_arn(PartialResource& partial);

/// Checks the name against the ARN, and fills in the members that follow from that.
void complete_from_arn(PartialResource& partial, const resources::Arn& arn);

}  // namespace plocal::snapshot
