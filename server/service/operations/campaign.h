// What is a campaign's own: the version that it deploys.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateCampaign.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateCampaign.html
#pragma once

#include "server/service/resources/create.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

/// A version by its ARN, or the latest ACTIVE one of a solution as SOLUTION_ARN/$LATEST; one request a second at least,
/// and a configuration, though an empty one (seen).
void complete_campaign(resources::Creation& creation);

/// Of a campaign that follows its solution: the latest ACTIVE version in place of the one that it was made with.
void follow_latest_version(resources::Context& context, const storage::Record& campaign, base::Json& members);

/// Another version, capacity or configuration; what is not given stays.
void complete_campaign_update(resources::Change& change);

}  // namespace plocal::operations
