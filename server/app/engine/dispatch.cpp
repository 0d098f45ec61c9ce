#include "server/app/engine/dispatch.h"

#include "server/model/service.h"
#include "server/service/events/registry.h"
#include "server/service/operations/registry.h"

namespace plocal::engine {

std::string run_operation(resources::Context& context, const protocol::Call& call) {
    if (call.service == &model::personalize_events()) return events::run(context, call.input);
    return operations::run(context, call.input);
}

}  // namespace plocal::engine
