// The hooks of campaigns: the solution version that one deploys. On the thread that owns the store; every call may
// throw ApiError and SqlError.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateCampaign.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateCampaign.html
#pragma once

#include "server/service/resources/create.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

/// Resolves the version: its ARN, or SOLUTION_ARN/$LATEST for the solution's latest ACTIVE one. The capacity defaults
/// to one request a second, the configuration to an empty object (seen).
void complete_campaign(resources::Creation& creation);

/// Replaces the version by the solution's latest ACTIVE one if the campaign follows its solution.
void follow_latest_version(resources::Context& context, const storage::Record& campaign, base::Json& members);

/// Changes version, capacity or configuration. Members that the input does not have keep their values.
void complete_campaign_update(resources::Change& change);

}  // namespace plocal::operations
