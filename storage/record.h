// One stored resource of any kind. Plain values, for any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/base/instant.h"
#include "storage/timeline.h"

namespace plocal::storage {

/// The owner of a resource. Both are empty for the resources that AWS itself owns, such as recipes.
struct Owner {
    std::string account;  // twelve digits
    std::string region;

    bool operator==(const Owner&) const = default;
};

/// The resources that a request may see. An absent account or region admits all of them.
struct Scope {
    std::optional<std::string> account;
    std::optional<std::string> region;

    /// Returns true for an owner in this scope, and for AWS.
    bool admits(const Owner& owner) const {
        return owner.account.empty() ||
               ((!account || *account == owner.account) && (!region || *region == owner.region));
    }
};

/// A reference from one resource to another.
struct Reference {
    std::string arn;
    bool assumed = false;  // the target did not exist and was assumed to

    bool operator==(const Reference&) const = default;
};

/// The state that a resource reaches and keeps if only time passes.
struct StableState {
    std::string status;               // empty for a kind without a status
    std::optional<base::Instant> at;  // when it is reached; nothing if no step was still to come when it was computed

    bool operator==(const StableState&) const = default;
};

struct Record {
    std::int64_t id = 0;     // set by the repository
    std::int64_t place = 0;  // set by the repository, in order of insertion
    Owner owner;
    std::string kind;  // the name of a kind (resources/kinds.h): "batchInferenceJob"
    std::string arn;   // unique
    std::string name;
    std::string parent;    // ARN of the resource by which List can filter; may be empty
    std::string document;  // a JSON object with everything that Describe returns but status and dates
    base::Instant created{};
    Timeline timeline;
    StableState stable;                 // of the timeline
    std::string update;                 // a JSON object: the changes of the latest update; empty without an update
    std::optional<base::Instant> due;   // when the service next acts on it by itself: removes it, or trains it
    std::optional<base::Instant> work;  // when its next open work begins or began; derived from the timeline
};

}  // namespace plocal::storage
