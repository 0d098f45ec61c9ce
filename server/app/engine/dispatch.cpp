#include "server/app/engine/dispatch.h"

#include "server/service/operations/registry.h"

namespace plocal::engine {

std::string run_operation(resources::Context& context, const protocol::Call& call) {
    return operations::run(context, call.input);
}

}  // namespace plocal::engine
