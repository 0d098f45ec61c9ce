#include "server/local/control/settings_control.h"

#include <string>
#include <vector>

#include "server/local/control/control_error.h"

namespace plocal::control {

using base::Json;
using world::TenantSetting;
using world::World;

namespace {

constexpr const char* set_member = "set";

}  // namespace

Json get_setting(World& world, const ControlCall& call, const TenantSetting& setting) {
    Json json = setting.in_force(world.tenants(), call.account);
    const Json set = setting.to_json(world.tenants(), call.account);
    json[set_member] = set.is_null() ? Json::object() : set;
    return json;
}

Json put_setting(World& world, const ControlCall& call, const TenantSetting& setting) {
    const Json body = call.json();
    const bool has_set = body.is_object() && body.contains(set_member);
    std::vector<base::Problem> problems;
    setting.put(world.tenants(), call.account, has_set ? body[set_member] : body, problems);
    for (base::Problem& problem : problems) {
        if (has_set) problem.pointer.insert(0, std::string("/") + set_member);
    }
    refuse_problems(problems);
    world.store_setting(setting, call.account);
    return get_setting(world, call, setting);
}

}  // namespace plocal::control
