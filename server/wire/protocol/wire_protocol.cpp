#include "server/wire/protocol/wire_protocol.h"

#include "server/base/json.h"
#include "server/base/text.h"

namespace plocal::protocol {
namespace {

using base::Json;
using model::ApiError;
using model::Evidence;

std::string_view evidence_text(Evidence evidence) {
    switch (evidence) {
        case Evidence::seen:
            return "seen";
        case Evidence::documented:
            return "documented";
        case Evidence::ruled:
            return "ruled";
        case Evidence::inferred:
            break;
    }
    return "inferred";
}

}  // namespace

std::string why_line(std::string_view why, Evidence evidence) {
    constexpr std::size_t most_bytes = 500;
    std::string line;
    for (const char c : why.substr(0, most_bytes)) line += c >= ' ' && c <= '~' ? c : '?';
    return line.append(" (").append(evidence_text(evidence)).append(")");
}

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

std::string error_body(const Json& body) {
    return base::json_text(body);
}

std::string media_type(std::string_view content_type) {
    content_type = content_type.substr(0, content_type.find(';'));
    const std::size_t last = content_type.find_last_not_of(" \t");
    return base::lower(content_type.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

}  // namespace plocal::protocol
