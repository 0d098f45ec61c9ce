// Puts another account in the place of the one that was captured. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"

namespace plocal::capture {

/// Returns the text with the account replaced in every ARN of any service that it has, and as a text of its own. What
/// only contains its digits, such as the name of a bucket, stays.
std::string renamed(std::string_view text, std::string_view account, std::string_view other);

/// Does the same in every text of a value, at any depth. Names of members stay.
void rename_account(base::Json& value, std::string_view account, std::string_view other);

}  // namespace plocal::capture
