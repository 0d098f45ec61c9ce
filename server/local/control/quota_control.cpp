#include "server/local/control/quota_control.h"

#include <utility>
#include <vector>

#include "server/local/control/control_error.h"

namespace plocal::control {

using base::Json;
using world::World;

Json get_quotas(World& world, const ControlCall& call) {
    return resources::to_json(world.quotas().all_of(call.account));
}

Json put_quotas(World& world, const ControlCall& call) {
    std::vector<base::Problem> problems;
    resources::QuotaChange change = resources::read_quota_change(call.json(), problems);
    refuse_problems(problems);
    world.quotas().put(call.account, std::move(change));
    world.keep_quotas(call.account);
    return get_quotas(world, call);
}

}  // namespace plocal::control
