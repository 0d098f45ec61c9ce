// AWS JSON 1.1, which the control plane speaks. Pure.
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html; order of checks: seen at siblings.
#pragma once

#include <string>
#include <string_view>

#include "server/model/api_error.h"
#include "server/model/service.h"
#include "server/wire/protocol/answer.h"
#include "server/wire/protocol/call.h"
#include "server/wire/protocol/message.h"

namespace plocal::protocol::aws_json {

/// The operation of `service` that a request asks for. Checks in the service's own order: method, content type, JSON,
/// target. Throws ApiError for what it refuses in JSON; what it refuses in XML comes back as a Refusal.
Reading read(const model::Service& service, const Request& request);

/// A success. `body` is empty for a void operation.
Response output(std::string body, const Stamp& stamp);

Response error(const model::ApiError& error, const Stamp& stamp);

/// Puts on a Response what every answer of this protocol carries, in the service's order; a content type where it has
/// one.
void stamp_headers(Response& response, const Stamp& stamp, std::string_view content_type = {});

}  // namespace plocal::protocol::aws_json
