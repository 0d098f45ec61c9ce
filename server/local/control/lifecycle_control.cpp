#include "server/local/control/lifecycle_control.h"

#include <utility>

#include "server/local/control/control_error.h"
#include "server/local/snapshot/settings_json.h"

namespace plocal::control {

using base::Json;
using world::World;

Json get_lifecycle(World& world, const ControlCall& call) {
    return snapshot::to_json(world.plans().changes_of(call.account));
}

Json put_lifecycle(World& world, const ControlCall& call) {
    std::vector<base::Problem> problems;
    lifecycle::PlanChanges changes = snapshot::read_plan_changes(call.json(), problems);
    refuse_problems(problems);
    world.plans().put(call.account, std::move(changes));
    world.keep_plans(call.account);
    return get_lifecycle(world, call);
}

}  // namespace plocal::control
