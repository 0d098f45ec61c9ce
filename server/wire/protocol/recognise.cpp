#include "server/wire/protocol/recognise.h"

namespace plocal::protocol {

Recognised recognise(const Request& request) {
    if (request.method == "POST" && request.header("x-amz-target").empty()) {
        for (const model::Service* const service : {&model::personalize_runtime(), &model::personalize_events()}) {
            if (const auto* const operation = service->operation_at(path_of(request.target))) {
                return {service, operation};
            }
        }
    }
    return {&model::personalize(), nullptr};
}

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

}  // namespace plocal::protocol
