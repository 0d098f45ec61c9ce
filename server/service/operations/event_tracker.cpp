#include "server/service/operations/event_tracker.h"

#include <string>

#include "server/service/resources/ids.h"

namespace plocal::operations {

using resources::build_arn;
using resources::Creation;
using resources::short_id;
using resources::uuid;

void complete_event_tracker(Creation& creation) {
    const std::string& group = creation.refer("datasetGroupArn")->reference.arn;
    storage::ResourceRepository& resources = creation.context.store.resources();
    base::RandomKey draw{creation.context.settings.plan.seed, creation.owner.account, creation.kind.name, group,
                         next_ordinal(creation.context, creation.kind, creation.owner, group)};
    creation.id = short_id(draw);
    while (resources.find(build_arn(creation.owner, creation.kind.arn_type, creation.id))) {
        draw.ordinal = next_ordinal(creation.context, creation.kind, creation.owner, group);
        creation.id = short_id(draw);
    }
    draw.kind = "trackingId";
    const std::string tracking_id = uuid(draw);
    creation.document["trackingId"] = tracking_id;
    creation.document["accountId"] = creation.owner.account;
    creation.answer["trackingId"] = tracking_id;
}

bool event_tracker_uses(resources::Context&, const storage::Record&, const storage::Record& dataset) {
    return dataset.arn.ends_with("/INTERACTIONS");
}

}  // namespace plocal::operations
