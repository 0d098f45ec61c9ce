#include "server/wire/protocol/rest_json.h"

#include <utility>

namespace plocal::protocol::rest_json {
namespace {

using model::ApiError;

constexpr std::string_view json_type = "application/json";

Call read(const model::Service& service, const model::Operation* operation, const Request& request) {
    const std::string_view content_type = request.header("content-type");
    if (!content_type.empty() && media_type(content_type) != json_type) {
        throw ApiError("UnsupportedMediaTypeException", "", "the content type must be application/json",
                       model::Evidence::documented, 415);
    }
    return {&service, operation, read_body(request.body)};
}

Response output(std::string body, const Stamp& stamp) {
    return {200,
            {{"content-type", std::string(json_type)}, {"date", stamp.date}, {request_id_header, stamp.request_id}},
            std::move(body)};
}

Response error(const ApiError& error, const Stamp& stamp) {
    base::Json body = base::Json::object();
    if (!error.message().empty()) body["message"] = error.message();
    Response response = output(error_body(body), stamp);
    response.status = error.status();
    response.headers.push_back({"x-amzn-errortype", error.name()});
    response.headers.push_back({why_header, why_line(error.why(), error.evidence())});
    return response;
}

}  // namespace

// 403 was seen at the REST-JSON planes of sibling services: aws/aws-sdk-go#1850, disneystreaming/smithy4s#1568.
const WireProtocol protocol{.read = read, .output = output, .error = error, .signature_status = 403};

}  // namespace plocal::protocol::rest_json
