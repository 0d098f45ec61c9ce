// Parses and builds the ARNs of Personalize. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/record.h"

namespace plocal::resources {

/// `arn:PARTITION:personalize:REGION:ACCOUNT:TYPE/ID`. The views live as long as the text that was parsed.
struct Arn {
    std::string_view partition;
    std::string_view region;  // empty for the resources of AWS, and so is the account
    std::string_view account;
    std::string_view type;  // "batch-inference-job"
    std::string_view id;    // everything behind the first slash: a name, or two parts with a slash between them

    storage::Owner owner() const { return {std::string(account), std::string(region)}; }
};

/// Returns nothing for a text that is not an ARN of Personalize, and for an ARN without type or id.
std::optional<Arn> parse_arn(std::string_view text);

/// Returns an ARN in the partition of the owner's region.
std::string build_arn(const storage::Owner& owner, std::string_view type, std::string_view id);

}  // namespace plocal::resources
