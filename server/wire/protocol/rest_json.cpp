#include "server/wire/protocol/rest_json.h"

#include <utility>

#include "server/wire/protocol/body.h"

namespace plocal::protocol::rest_json {
namespace {

constexpr std::string_view json_type = "application/json";

}  // namespace

Call read(const model::Service& service, const model::Operation& operation, const Request& request) {
    const std::string_view content_type = request.header("content-type");
    if (!content_type.empty() && media_type(content_type) != json_type) {
        throw model::ApiError("UnsupportedMediaTypeException", "", "the content type must be application/json",
                              model::Evidence::documented, 415);
    }
    return {&service, &operation, read_body(request.body)};
}

Response output(std::string body, const Stamp& stamp) {
    return {200,
            {{"content-type", std::string(json_type)}, {"date", stamp.date}, {"x-amzn-requestid", stamp.request_id}},
            std::move(body)};
}

Response error(const model::ApiError& error, const Stamp& stamp) {
    base::Json body = base::Json::object();
    if (!error.message().empty()) body["message"] = error.message();
    Response response = output(body.dump(), stamp);
    response.status = error.status();
    response.headers.push_back({"x-amzn-errortype", error.name()});
    response.headers.push_back({why_header, why_line(error.why(), error.evidence())});
    return response;
}

}  // namespace plocal::protocol::rest_json
