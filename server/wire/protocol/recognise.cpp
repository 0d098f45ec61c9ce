#include "server/wire/protocol/recognise.h"

#include "server/wire/protocol/aws_json.h"
#include "server/wire/protocol/rest_json.h"

namespace plocal::protocol {

Recognised recognise(const Request& request) {
    if (request.method == "POST" && request.header("x-amz-target").empty()) {
        for (const model::Service* const service : {&model::personalize_runtime(), &model::personalize_events()}) {
            if (const auto* const operation = service->operation_at(request.path())) {
                return {service, &rest_json::protocol, operation};
            }
        }
    }
    return {&model::personalize(), &aws_json::protocol, nullptr};
}

}  // namespace plocal::protocol
