#include "server/service/events/registry.h"

#include "server/service/events/put_events.h"
#include "server/service/events/put_rows.h"

namespace plocal::events {

using base::Json;
using resources::Context;

Events::Events() {
    entries_ = {
        {"PutActionInteractions",
         {true,
          [this](Context& context, const Json& input) { return put_action_interactions(context, actions_, input); }}},
        {"PutActions", {true, put_actions}},
        {"PutEvents",
         {true, [this](Context& context, const Json& input) { return put_events(context, events_, input); }}},
        {"PutItems", {true, put_items}},
        {"PutUsers", {true, put_users}},
    };
}

std::string Events::run(Context& context, const Json& input) {
    const auto found = entries_.find(context.operation.name);
    if (found == entries_.end()) operations::refuse_unknown(context.operation);
    return operations::run_entry(context, found->second, input);
}

}  // namespace plocal::events
