// The service's minimums of data for training, which hold where quotas are enforced. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/limits.html
#pragma once

#include <string_view>

#include "server/base/json.h"
#include "server/service/lifecycle/plan.h"
#include "server/service/resources/context.h"

namespace plocal::operations {

/// Returns how the training of a solution version or recommender with these members fails for want of interactions:
/// nothing is changed where quotas are not enforced for the account, where the Interactions dataset has no rows at all,
/// and for recipes that are trained without interactions. What is counted are the interactions that are seen now, of
/// the event type and with the value that the recipe or the members ask for. Throws SqlError.
lifecycle::PlanChange failure_for_want_of_data(resources::Context& context, std::string_view account,
                                               const base::Json& members);

}  // namespace plocal::operations
