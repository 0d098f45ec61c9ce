#include "server/local/world/metered_services.h"

#include <utility>

#include "server/model/service.h"

namespace plocal::world {

std::vector<telemetry::MeteredService> metered_services() {
    std::vector<telemetry::MeteredService> metered;
    for (const model::Service* service :
         {&model::personalize(), &model::personalize_runtime(), &model::personalize_events()}) {
        telemetry::MeteredService each{.name = service->name(), .operations = {}};
        for (const model::Operation& operation : service->operations()) each.operations.push_back(operation.name);
        metered.push_back(std::move(each));
    }
    return metered;
}

}  // namespace plocal::world
