#include "server/app/engine/dispatch.h"

#include "server/model/service.h"
#include "server/service/operations/registry.h"

namespace plocal::engine {

std::variant<std::string, runtime::NotMade> run_operation(resources::Context& context, const protocol::Call& call,
                                                          const Services& services, const runtime::Declared& declared) {
    if (call.service == &model::personalize_events()) return services.events.run(context, call.input);
    if (runtime::is_runtime_operation(*call.operation)) return services.runtime.run(context, call.input, declared);
    return operations::run(context, call.input);
}

}  // namespace plocal::engine
