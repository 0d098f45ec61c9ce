#include "server/service/events/targets.h"

#include <utility>

#include "server/base/json.h"
#include "server/service/data/refusals.h"
#include "server/service/lifecycle/transition.h"
#include "server/service/operations/dataset.h"
#include "server/service/resources/lookup.h"

namespace plocal::events {
namespace {

using base::Json;
using resources::Context;
using storage::Record;

std::string type_of(const Record& dataset) {
    return dataset.arn.substr(dataset.arn.rfind('/') + 1);
}

/// Returns the first resource of a kind that has this tracking id, or nothing.
std::optional<Record> find_by_tracking_id(Context& context, std::string_view kind, const std::string& tracking_id) {
    const std::string in_json = base::json_text(tracking_id);
    for (Record& record : context.store.resources().with_text(context.scope, kind, in_json)) {
        const Json document = base::parse_json(record.document);
        const std::string* const id = base::text_member(document, "trackingId");
        if (id != nullptr && *id == tracking_id) return std::move(record);
    }
    return std::nullopt;
}

Record find_tracker(Context& context, const std::string& tracking_id) {
    auto tracker = find_by_tracking_id(context, "eventTracker", tracking_id);
    if (!tracker) {
        throw data::no_event_tracker(tracking_id,
                                     "no event tracker that is visible to the caller has this tracking ID");
    }
    const std::string_view status = resources::status_of(context, *tracker);
    if (status == lifecycle::active) return *std::move(tracker);
    throw data::no_event_tracker(tracking_id, "the event tracker " + tracker->arn + " is " + std::string(status));
}

Target target_in(Context& context, const Record& dataset) {
    resources::require_active(context, resources::kind_named("dataset"), {{dataset.arn, false}, dataset});
    Target target{data::dataset_of(context, dataset)};
    target.may_change = resources::may_change(context, dataset);
    if (!target.dataset) {
        target.why = "the schema of " + dataset.arn + " is unknown; a fixture with the schema lets its rows be kept";
    }
    return target;
}

}  // namespace

Target target_of_events(Context& context, const std::string& tracking_id) {
    constexpr std::string_view type = "INTERACTIONS";
    const Record tracker = find_tracker(context, tracking_id);
    if (!tracker.parent.empty()) {
        const auto datasets = operations::datasets_of(context, tracker.parent);
        if (const auto found = datasets.find(type); found != datasets.end()) {
            Target target = target_in(context, found->second);
            target.may_change = target.may_change || resources::may_change(context, tracker);
            return target;
        }
        if (context.store.resources().find(tracker.parent)) throw data::no_dataset(type, tracker.parent);
    }
    return {std::nullopt,
            "the dataset group of " + tracker.arn +
                " is taken to exist; a fixture with its Interactions dataset lets events be kept",
            resources::may_change(context, tracker)};
}

Target target_of_action_interactions(Context& context, const std::string& tracking_id) {
    // Only datasets of action interactions have a tracking id.
    if (const auto dataset = find_by_tracking_id(context, "dataset", tracking_id)) return target_in(context, *dataset);
    throw data::no_action_tracker(tracking_id,
                                  "no Action interactions dataset that is visible to the caller has this trackingId");
}

Target target_named(Context& context, const Json& input, std::string_view type) {
    const Record dataset = resources::find_named(context, resources::kind_named("dataset"), input);
    if (type_of(dataset) != type) throw data::other_dataset_type(type, dataset.arn);
    return target_in(context, dataset);
}

}  // namespace plocal::events
