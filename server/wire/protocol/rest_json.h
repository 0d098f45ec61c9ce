// REST-JSON, which the runtime and the events service speak: an operation is a path, every input is in the body. Pure.
// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
#pragma once

#include <string>

#include "server/model/api_error.h"
#include "server/model/service.h"
#include "server/wire/protocol/answer.h"
#include "server/wire/protocol/call.h"
#include "server/wire/protocol/message.h"

namespace plocal::protocol::rest_json {

/// The call of an operation of `service` that lives at the request's path. Throws ApiError for a wrong content type or
/// a body that is no JSON object.
Call read(const model::Service& service, const model::Operation& operation, const Request& request);

/// A success. `body` is empty for a void operation.
Response output(std::string body, const Stamp& stamp);

Response error(const model::ApiError& error, const Stamp& stamp);

}  // namespace plocal::protocol::rest_json
