// One resource of any kind, as kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/base/instant.h"
#include "storage/timeline.h"

namespace plocal::storage {

/// Whose a resource is. Both are empty for what AWS itself owns (recipes).
struct Owner {
    std::string account;  // twelve digits
    std::string region;

    bool operator==(const Owner&) const = default;
};

/// What a request may see: what it does not name, it is not held to.
struct Scope {
    std::optional<std::string> account;
    std::optional<std::string> region;

    /// True for owners that fit, and for everything that AWS owns.
    bool admits(const Owner& owner) const {
        return owner.account.empty() ||
               ((!account || *account == owner.account) && (!region || *region == owner.region));
    }
};

/// That a resource names another one.
struct Reference {
    std::string arn;
    bool assumed = false;  // the named resource was absent and taken to exist

    bool operator==(const Reference&) const = default;
};

/// Where time alone takes a resource, and stays.
struct StableState {
    std::string status;               // empty for a kind that has none
    std::optional<base::Instant> at;  // when it gets there; nothing where it has nowhere to go

    bool operator==(const StableState&) const = default;
};

struct Record {
    std::int64_t id = 0;  // order of insertion, given by the repository
    Owner owner;
    std::string kind;  // a row of the table of kinds: "batchInferenceJob"
    std::string arn;   // unique
    std::string name;
    std::string parent;    // ARN of the resource that its List can be narrowed to; may be empty
    std::string document;  // a JSON object, ready to be sent but for the status and the dates
    base::Instant created{};
    Timeline timeline;
    StableState rest;                  // of the timeline
    std::string update;                // a JSON object: what its latest update is to change; empty where there was none
    std::optional<base::Instant> due;  // when it wants something done that no timeline does: to be removed, or trained
};

}  // namespace plocal::storage
