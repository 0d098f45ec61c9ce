// One resource of a document while it is being read: what it says, and what is wrong with it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/service/lifecycle/plan.h"
#include "server/service/resources/kinds.h"
#include "storage/tag_repository.h"

namespace plocal::snapshot {

struct PartialResource {
    const resources::Kind& kind;
    base::Json members;    // without `_local`
    std::string arn = {};  // apart from the members, which move when one is added
    lifecycle::PlanChange change;
    std::optional<base::Json> timeline;  // as a snapshot carries it
    std::optional<base::Json> next_due;  // likewise: when it does next what its kind does by itself
    std::optional<base::Json> hidden;    // the member that Describe does not show
    std::vector<storage::Tag> tags;
    bool has_own_life = false;
    std::vector<base::Problem> problems;

    /// The member's text, or null.
    const std::string* text(std::string_view member) const;

    /// One complaint a place: this one, unless the value could not even be read.
    void refuse(std::string_view member, std::string expected);

    /// Adds problems found below a place.
    void add_below(const std::string& pointer, std::vector<base::Problem> found);
};

/// Takes `_local` out of the members: tags, a member that the kind hides, and a life of its own.
void take_local(PartialResource& partial);

/// Takes a member out of an object; nothing where it has none.
std::optional<base::Json> take(base::Json& object, std::string_view name);

}  // namespace plocal::snapshot
