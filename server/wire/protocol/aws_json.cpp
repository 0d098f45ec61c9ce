#include "server/wire/protocol/aws_json.h"

#include <string_view>
#include <utility>

#include "server/wire/protocol/identity.h"

namespace plocal::protocol::aws_json {
namespace {

using base::Json;
using model::ApiError;
using model::Evidence;

constexpr std::string_view json_type = "application/x-amz-json-1.1";
constexpr std::string_view plain_json_type = "application/json";

constexpr std::string_view unknown_operation_name = "UnknownOperationException";

/// An error whose body is not the usual JSON.
class FormedError : public ApiError {
public:
    FormedError(std::string_view name, int status, std::string body, std::string why,
                Evidence evidence = Evidence::seen)
        : ApiError(std::string(name), "", std::move(why), evidence, status), body_(std::move(body)) {}

    FormedError with_content_type(std::string_view content_type) && {
        content_type_ = content_type;
        return std::move(*this);
    }

    const std::string& body() const { return body_; }
    std::string_view content_type() const { return content_type_; }  // empty if the response has none

private:
    std::string body_;
    std::string_view content_type_;
};

/// If nothing names an operation, the signature may still show that the request is for another service.
FormedError no_operation_named(const Request& request) {
    if (const std::string service = identify(request).service; !service.empty() && service != "personalize") {
        return {unknown_operation_name, 404, "<UnknownOperationException/>\n",
                "the request is signed for " + service + "; only Amazon Personalize is here", Evidence::inferred};
    }
    return {"AccessDeniedException", 403,
            "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be "
            "authorized</Message>\n</AccessDeniedException>\n",
            "no X-Amz-Target header names an operation"};
}

FormedError not_a_post(const Request& request) {
    if (!request.header("authorization").empty()) return no_operation_named(request);
    return {"MissingAuthenticationTokenException", 403,
            "<MissingAuthenticationTokenException>\n  <Message>Missing Authentication Token</Message>\n"
            "</MissingAuthenticationTokenException>\n",
            "operations are called by POST; local control is under /_local/"};
}

FormedError wrong_content_type() {
    return {unknown_operation_name, 404, "<UnknownOperationException/>\n",
            "the content type must be application/x-amz-json-1.1"};
}

FormedError plain_content_type() {
    return FormedError(unknown_operation_name, 404,
                       R"({"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"})",
                       "the content type must be application/x-amz-json-1.1")
        .with_content_type(plain_json_type);
}

ApiError unknown_operation(std::string why) {
    return {std::string(unknown_operation_name), "", std::move(why), Evidence::seen};
}

const model::Operation& find_operation(const model::Service& service, std::string_view target) {
    if (target.empty()) throw unknown_operation("no X-Amz-Target header names an operation");
    const std::size_t dot = target.find('.');
    if (dot == std::string_view::npos || target.substr(0, dot) != service.name()) {
        throw unknown_operation("the target names no service that is here, expected " + service.name() +
                                ".<Operation>");
    }
    const model::Operation* const operation = service.operation(target.substr(dot + 1));
    if (operation == nullptr) throw unknown_operation("the service has no operation of this name");
    return *operation;
}

Call read(const model::Service& service, const model::Operation*, const Request& request) {
    if (request.method != "POST") throw not_a_post(request);
    const std::string_view target = request.header("x-amz-target");
    // The target of a request with an empty body is checked first, that of any other request last.
    const model::Operation* operation = request.body.empty() ? &find_operation(service, target) : nullptr;
    const std::string_view content_type = request.header("content-type");
    const bool is_expected_type = content_type == json_type || media_type(content_type) == json_type;
    if (!is_expected_type && media_type(content_type) != plain_json_type) {
        if (target.empty()) throw no_operation_named(request);
        throw wrong_content_type();
    }
    Json input = read_body(request.body);
    if (!is_expected_type) throw plain_content_type();
    if (operation == nullptr) operation = &find_operation(service, target);
    return {&service, operation, std::move(input)};
}

/// Adds what every response has, in the order of the service. The content type is a literal.
void add_headers(Response& response, const Stamp& stamp, std::string_view content_type) {
    constexpr std::size_t most_headers = 12;  // of any response: one allocation instead of four
    response.headers.reserve(most_headers);
    const auto add = [&response](std::string_view name, HeaderValue value) {
        response.headers.push_back({name, std::move(value)});
    };
    add("date", stamp.date);
    if (!content_type.empty()) add("content-type", HeaderValue::literal(content_type));
    add(request_id_header, stamp.request_id);
    add("strict-transport-security", HeaderValue::literal("max-age=47304000; includeSubDomains"));
    add("x-frame-options", HeaderValue::literal("DENY"));
    add("cache-control", HeaderValue::literal("no-cache"));
    add("x-content-type-options", HeaderValue::literal("nosniff"));
}

Response output(std::string body, const Stamp& stamp) {
    Response response{200, {}, std::move(body)};
    add_headers(response, stamp, json_type);
    return response;
}

Response formed_error(const FormedError& error, const Stamp& stamp) {
    Response response{error.status(), {{why_header, why_line(error.why(), error.evidence())}}, error.body()};
    if (!error.content_type().empty()) response.headers.push_back({"content-type", std::string(error.content_type())});
    add_headers(response, stamp, {});
    return response;
}

Response error(const ApiError& error, const Stamp& stamp) {
    if (const auto* const formed = dynamic_cast<const FormedError*>(&error)) return formed_error(*formed, stamp);
    Json body = {{"__type", error.name()}};
    if (!error.message().empty()) body["message"] = error.message();
    Response response = output(error_body(body), stamp);
    response.status = error.status();
    response.headers.push_back({why_header, why_line(error.why(), error.evidence())});
    return response;
}

}  // namespace

// 400 was seen at sibling services: mhart/kinesalite, architect/dynalite.
const WireProtocol protocol{.read = read, .output = output, .error = error, .signature_status = 400};

}  // namespace plocal::protocol::aws_json
