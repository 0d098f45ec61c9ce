// The responses to requests that the world does not answer as such. Pure.
#pragma once

#include "server/app/engine/request_context.h"
#include "server/local/control/guard.h"
#include "server/model/api_error.h"
#include "server/wire/protocol/message.h"

namespace plocal::engine {

/// Throws ApiError for a request by a web page that may not use the server.
void refuse_foreign_page(const protocol::Request& request, const control::Access& access);

/// Each notes the error in the context. The request must be recognised for `refusal`.
protocol::Response refusal(RequestContext& context, const model::ApiError& error);

/// Names in `why_header` what the context's `why` says of an answer. Changes nothing where that is empty.
void add_why(const RequestContext& context, protocol::Response& response);

/// For a request that waits where the server stops.
protocol::Response unavailable(RequestContext& context);

/// For a fault of the program.
protocol::Response fault_response(RequestContext& context);

}  // namespace plocal::engine
