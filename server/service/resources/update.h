// Updates existing resources and starts other transitions, such as Start and Stop. On the thread that owns the store;
// every call may throw SqlError and needs a transaction.
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

/// A resource during an Update request.
struct Change {
    Context& context;
    const Kind& kind;
    const base::Json& input;
    storage::Record record;
    base::Json present;                       // its current value
    base::Json update;                        // the members of `latest...Update`; begins as the input
    std::vector<ResolvedReference> referred;  // the input's references

    /// Returns the resource that this member of the input references, looked up and usable for this kind. Returns null
    /// if the input does not have the member. Lives until the next call. Throws ApiError.
    const ResolvedReference* refer(std::string_view member);
};

/// Updates the resource that the input names. The kind's hook `complete_update`, which must not be null, checks and
/// completes the update first. Returns the ARN. Throws ApiError: ResourceInUseException while a transition is in
/// progress, InvalidInputException in a terminal status that allows no update.
Output update(Context& context, const Kind& kind, const base::Json& input);

/// Starts a transition of the resource that the input names, from the stable status `from`. Returns its ARN. Throws
/// ApiError as `update`.
Output start_transition(Context& context, const Kind& kind, const lifecycle::Transition& transition,
                        std::string_view from, const base::Json& input);

/// Throws ApiError if the resource's status is not one of these: InvalidInputException in another terminal status,
/// ResourceInUseException otherwise.
void require_stable(Context& context, const Kind& kind, const storage::Record& record,
                    const std::vector<std::string_view>& stable_statuses);

/// Starts a transition of a resource now, by its owner's plan for its kind, and saves the resource.
void start_transition(Context& context, const Kind& kind, const lifecycle::Transition& transition,
                      storage::Record& record);

}  // namespace plocal::resources
