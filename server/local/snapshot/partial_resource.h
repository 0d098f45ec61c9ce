// One resource of a document while it is read: what the document says about it, and what is wrong with it. Pure.
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
    base::Json members;                       // without `_local`
    std::string arn = {};                     // a copy: adding a member moves the others
    lifecycle::PlanChange change;             // the lifecycle in `_local`
    bool has_lifecycle = false;               // `_local` has a lifecycle
    std::optional<base::Json> timeline = {};  // members of `_local` that only snapshots have
    std::optional<base::Json> next_due = {};
    std::optional<base::Json> absent = {};
    std::optional<base::Json> hidden = {};     // the member that Describe does not show
    std::optional<base::Json> rows_file = {};  // of a dataset
    std::optional<base::Json> rows = {};
    std::optional<base::Json> batches = {};   // of a dataset in a snapshot
    std::optional<base::Json> revision = {};  // of a dataset group in a snapshot
    std::optional<base::Json> trained = {};   // of a solution version or recommender in a snapshot
    std::vector<storage::Tag> tags = {};
    std::vector<base::Problem> problems = {};

    /// The text of a member. Null where the member is absent or not a text. Lives until the members change.
    const std::string* text(std::string_view member) const;

    /// Adds a problem with a member. Replaces an earlier problem with it, unless its value could not even be read.
    void refuse(std::string_view member, std::string expected);

    /// Adds problems whose pointers begin at `pointer`.
    void add_below(const std::string& pointer, std::vector<base::Problem> found);
};

/// Moves `_local` out of the members: the tags, the member that Describe hides, the lifecycle, and what a snapshot has.
void take_local(PartialResource& partial);

/// Removes a member of an object and returns it. Returns nothing where there is no such member, or no object.
std::optional<base::Json> take(base::Json& object, std::string_view name);

}  // namespace plocal::snapshot
