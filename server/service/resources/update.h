// The changing of a resource that is there: updates that take their time, and what Start and Stop do. On the thread
// that owns the store; every call may throw SqlError and needs a transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/lookup.h"
#include "storage/record.h"

namespace plocal::resources {

/// A resource while it is being updated.
struct Change {
    Context& context;
    const Kind& kind;
    const base::Json& input;
    storage::Record record;
    base::Json present;                       // what it is now
    base::Json update;                        // what will be told of the update; begins as the input
    std::vector<ResolvedReference> referred;  // what the input names

    /// The resource that this member of the input names, found fit to be named; null where the input does not have the
    /// member. Lives until the next call. Throws ApiError.
    const ResolvedReference* refer(std::string_view member);
};

/// Updates the resource that the input names, once the kind's hook has checked and completed the update. The kind must
/// have that hook. Answers the ARN. Throws ApiError: ResourceInUseException while a transition is in progress,
/// InvalidInputException in a stable status from which the kind cannot be updated.
Output update(Context& context, const Kind& kind, const base::Json& input);

/// Has the resource that the input names set out on one of its kind's ways, from a rest. Answers its ARN. Throws
/// ApiError as `update`.
Output start_transition(Context& context, const Kind& kind, const lifecycle::Transition& path, std::string_view from,
                        const base::Json& input);

/// Throws ApiError where a resource is not at one of these rests.
void require_stable(Context& context, const Kind& kind, const storage::Record& record,
                    const std::vector<std::string_view>& stable_statuses);

/// Puts a resource on a way of its kind now, by the plan that its owner has for its kind, and saves it.
void start_transition(Context& context, const Kind& kind, const lifecycle::Transition& path, storage::Record& record);

}  // namespace plocal::resources
