// What a control call passes to the rooms of the service in a request's place. On the thread that owns the world.
#pragma once

#include <string>
#include <vector>

#include "server/local/world/world.h"
#include "server/model/service.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/context.h"
#include "storage/record.h"

namespace plocal::control {

class ServiceContext {
public:
    /// World and operation must outlive this.
    ServiceContext(world::World& world, const model::Operation& operation, storage::Scope scope = {})
        : readings_(world.tenants().clocks),
          context_{.store = world.store(),
                   .settings = world.settings(),
                   .operation = operation,
                   .scope = std::move(scope),
                   .readings = readings_,
                   .plans = world.tenants().plans,
                   .quotas = world.tenants().quotas,
                   .hooks = operations::hooks(),
                   .plan_change = {},
                   .origin = {},
                   .notes = notes_} {}
    ServiceContext(const ServiceContext&) = delete;
    ServiceContext& operator=(const ServiceContext&) = delete;

    resources::Context& context() { return context_; }

private:
    lifecycle::ClockReadings readings_;
    std::vector<std::string> notes_;
    resources::Context context_;
};

}  // namespace plocal::control
