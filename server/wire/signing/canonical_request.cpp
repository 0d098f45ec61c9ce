#include "server/wire/signing/canonical_request.h"

#include <algorithm>
#include <utility>

#include "server/base/text.h"

namespace plocal::signing {
namespace {

using base::is_same_in_any_case;

constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
constexpr std::string_view white_space = " \t\r\n\v\f";

void append_encoded(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char byte : text) {
        if (unreserved.find(byte) != std::string_view::npos) {
            out += byte;
            continue;
        }
        const unsigned value = static_cast<unsigned char>(byte);
        out += '%';
        out += digits[value >> 4U];
        out += digits[value & 15U];
    }
}

/// The value of a hexadecimal digit, or 16.
unsigned hex_value(char digit) {
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    const std::size_t at = digits.find(digit);
    if (at == std::string_view::npos) return 16;
    return static_cast<unsigned>(at < 16 ? at : at - 6);
}

/// A percent sign that begins no encoded byte stands for itself.
std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) < 16 && hex_value(text[i + 2]) < 16) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// Takes what stands before the first `separator` off the front of a text, the separator with it.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t at = std::min(text.find(separator), text.size());
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

/// Without white space at its ends, and with one blank for each run of it inside.
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
        if (!is_same_in_any_case(header.name, name)) continue;
        if (!is_first) out += ',';
        append_collapsed(out, header.value);
        is_first = false;
    }
    out += '\n';
}

}  // namespace

std::vector<QueryParameter> query_of(std::string_view target) {
    std::vector<QueryParameter> query;
    const std::size_t mark = target.find('?');
    if (mark == std::string_view::npos) return query;
    for (std::string_view rest = target.substr(mark + 1); !rest.empty();) {
        std::string_view pair = take_until(rest, '&');
        if (pair.empty()) continue;
        const std::string_view name = take_until(pair, '=');
        query.push_back({percent_decoded(name), percent_decoded(pair)});
    }
    return query;
}

std::optional<std::string_view> find_parameter(const std::vector<QueryParameter>& query, std::string_view name) {
    const auto found = std::ranges::find(query, name, &QueryParameter::name);
    if (found == query.end()) return std::nullopt;
    return found->value;
}

std::string_view parameter(const std::vector<QueryParameter>& query, std::string_view name) {
    return find_parameter(query, name).value_or(std::string_view());
}

std::string canonical_path(std::string_view target) {
    std::string_view rest = target.substr(0, target.find('?'));
    const bool is_folder = rest.ends_with('/');
    std::vector<std::string_view> parts;
    while (!rest.empty()) {
        const std::string_view part = take_until(rest, '/');
        if (part == "..") {
            if (!parts.empty()) parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    std::string path;
    for (const std::string_view part : parts) {
        path += '/';
        append_encoded(path, part);
    }
    if (is_folder || path.empty()) path += '/';
    return path;
}

std::string canonical_query(const std::vector<QueryParameter>& query) {
    std::vector<std::pair<std::string, std::string>> encoded;
    encoded.reserve(query.size());
    for (const QueryParameter& each : query) {
        auto& [name, value] = encoded.emplace_back();
        append_encoded(name, each.name);
        append_encoded(value, each.value);
    }
    std::ranges::sort(encoded);
    std::string text;
    for (const auto& [name, value] : encoded) {
        if (!text.empty()) text += '&';
        text += name;
        text += '=';
        text += value;
    }
    return text;
}

std::string canonical_request(const protocol::Request& request, const std::vector<QueryParameter>& query,
                              std::string_view signed_headers, std::string_view payload_hash) {
    std::string text;
    text.reserve(1024);
    text += request.method;
    text += '\n';
    text += canonical_path(request.target);
    text += '\n';
    text += canonical_query(query);
    text += '\n';
    for (std::string_view rest = signed_headers; !rest.empty();) append_header(text, request, take_until(rest, ';'));
    text += '\n';
    text += signed_headers;
    text += '\n';
    text += payload_hash;
    return text;
}

}  // namespace plocal::signing
