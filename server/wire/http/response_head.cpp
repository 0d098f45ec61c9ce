#include "server/wire/http/response_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include <boost/beast/http/status.hpp>

namespace plocal::http {

namespace {

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_reason(std::string& out, int status) {
    const auto known = boost::beast::http::int_to_status(static_cast<unsigned>(status));
    if (known != boost::beast::http::status::unknown) {
        const auto reason = boost::beast::http::obsolete_reason(known);
        out.append(reason.data(), reason.size());
    }
}

// A value may repeat what a caller sent: it must not be able to end its own line.
void append_text(std::string& out, std::string_view text) {
    const auto start = static_cast<std::ptrdiff_t>(out.size());
    out += text;
    std::replace_if(
        out.begin() + start, out.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
}

}  // namespace

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

void write_head(std::string& out, const protocol::Response& response, bool keep_alive) {
    out = "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(response.status));
    out += ' ';
    append_reason(out, response.status);
    out += "\r\n";
    for (const auto& [name, value] : response.headers) {
        out += name;
        out += ": ";
        append_text(out, value);
        out += "\r\n";
    }
    if (may_have_body(response.status)) {
        out += "content-length: ";
        append_number(out, response.body.size());
        out += "\r\n";
    }
    out += keep_alive ? "connection: keep-alive\r\n\r\n" : "connection: close\r\n\r\n";
}

}  // namespace plocal::http
