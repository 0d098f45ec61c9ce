#include "server/wire/signing/canonical_request.h"

#include <algorithm>

#include "server/base/text.h"
#include "server/wire/signing/signing_date.h"

namespace plocal::signing {
namespace {

constexpr std::string_view white_space = " \t\r\n\v\f";

/// Appends the words of a value with one blank between them.
void append_collapsed(std::string& out, std::string_view value) {
    bool is_first = true;
    for (std::size_t begin = value.find_first_not_of(white_space); begin != std::string_view::npos;) {
        const std::size_t end = std::min(value.find_first_of(white_space, begin), value.size());
        if (!is_first) out += ' ';
        out += value.substr(begin, end - begin);
        is_first = false;
        begin = value.find_first_not_of(white_space, end);
    }
}

void append_header(std::string& out, const protocol::Request& request, std::string_view name) {
    out += name;
    out += ':';
    bool is_first = true;
    for (const protocol::RequestHeader& header : request.headers) {
        if (!base::is_same_in_any_case(header.name, name)) continue;
        if (!is_first) out += ',';
        append_collapsed(out, header.value);
        is_first = false;
    }
    out += '\n';
}

void append_headers(std::string& out, const protocol::Request& request, std::string_view names) {
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(';'), names.size());
        append_header(out, request, names.substr(0, end));
        names.remove_prefix(std::min(end + 1, names.size()));
    }
}

}  // namespace

std::string canonical_request(const protocol::Request& request, const SignedParts& parts) {
    std::string text;
    text.reserve(1024);
    text += request.method;
    text += '\n';
    text += canonical_path(request.target, parts.path_rule);
    text += '\n';
    text += parts.query.canonical();
    text += '\n';
    append_headers(text, request, parts.signed_headers);
    text += '\n';
    text += parts.signed_headers;
    text += '\n';
    text += parts.payload_hash;
    return text;
}

std::string string_to_sign(std::chrono::sys_seconds date, const CredentialScope& scope,
                           std::string_view canonical_request) {
    return std::string(signing_algorithm) + "\n" + basic_iso8601(date) + "\n" + scope.text() + "\n" +
           sha256(canonical_request);
}

}  // namespace plocal::signing
