// ARNs of Personalize, taken apart and built. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/record.h"

namespace plocal::resources {

/// `arn:PARTITION:personalize:REGION:ACCOUNT:TYPE/ID`. The views live as long as the text that was parsed.
struct Arn {
    std::string_view partition;
    std::string_view region;  // empty for what AWS owns, and so is the account
    std::string_view account;
    std::string_view type;  // "batch-inference-job"
    std::string_view id;    // all behind the first slash: a name, or two parts with a slash between

    storage::Owner owner() const { return {std::string(account), std::string(region)}; }
};

/// Nothing for a text that is no ARN of Personalize, or one whose type or id is empty.
std::optional<Arn> parse_arn(std::string_view text);

/// In the partition of the owner's region.
std::string build_arn(const storage::Owner& owner, std::string_view type, std::string_view id);

}  // namespace plocal::resources
