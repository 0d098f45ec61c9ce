#include "server/app/engine/responses.h"

#include "server/local/control/control.h"
#include "server/wire/protocol/aws_json.h"

namespace plocal::engine {

using model::ApiError;
using model::Evidence;
using protocol::Response;

namespace {

const protocol::WireProtocol& protocol_of(const RequestContext& context) {
    return context.recognised ? *context.recognised->protocol : protocol::aws_json::protocol;
}

}  // namespace

void refuse_foreign_page(const protocol::Request& request, const control::Access& access) {
    if (!control::is_from_foreign_page(request, access)) return;
    throw ApiError("AccessDeniedException", "A web page of another origin may not use this server.",
                   "the Origin is not one of this machine; --cors-origin allows it", Evidence::inferred, 403);
}

Response refusal(RequestContext& context, const ApiError& error) {
    context.error = error.name();
    context.message = error.message();
    context.error_why = error.why();
    context.is_rule_error = error.evidence() == Evidence::ruled;
    Response response = context.recognised->protocol->error(error, context.stamp);
    // Rooms that serve all services leave the status to the service. A rule has chosen its own.
    const bool is_open = !context.is_rule_error && response.status == 400;
    if (is_open) response.status = context.recognised->service->status_of(error.name());
    return response;
}

void add_why(const RequestContext& context, Response& response) {
    if (context.why.empty()) return;
    response.headers.push_back({protocol::why_header, protocol::why_line(context.why, Evidence::inferred)});
}

Response unavailable(RequestContext& context) {
    context.error = "ServiceUnavailable";
    if (context.is_control) return control::stop_response();
    return protocol_of(context).error(
        ApiError(context.error, "The server stops.", "the work that is due is not done yet", Evidence::inferred, 503),
        context.stamp);
}

Response fault_response(RequestContext& context) {
    context.error = "InternalFailure";
    context.outcomes.clear();  // they were rolled back
    if (context.is_control) return control::failure_response();
    return protocol_of(context).error(
        ApiError("InternalFailure", "", "a fault of personalize-local; its log tells more", Evidence::inferred, 500),
        context.stamp);
}

}  // namespace plocal::engine
