#include "server/wire/protocol/body.h"

#include "server/base/text.h"
#include "server/model/api_error.h"

namespace plocal::protocol {

using base::Json;
using base::lower;
using model::ApiError;
using model::Evidence;

Json read_body(std::string_view body) {
    if (body.empty()) return Json::object();
    Json input;
    try {
        input = base::parse_json(body);
    } catch (const base::JsonError& error) {
        throw ApiError("SerializationException", "Unexpected token received from parser",
                       std::string("the body is not JSON: ") + error.what(), Evidence::seen);
    }
    if (!input.is_object()) {
        throw ApiError("SerializationException", "Unexpected value type in payload", "the body is no JSON object",
                       Evidence::seen);
    }
    return input;
}

std::string media_type(std::string_view content_type) {
    content_type = content_type.substr(0, content_type.find(';'));
    const std::size_t last = content_type.find_last_not_of(" \t");
    return base::lower(content_type.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

}  // namespace plocal::protocol
