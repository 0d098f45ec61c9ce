#include "server/wire/http/response.h"

#include <boost/beast/http/status.hpp>

#include "server/wire/http/head_text.h"

namespace plocal::http {

namespace {

void append_reason(std::string& out, int status) {
    const auto known = boost::beast::http::int_to_status(static_cast<unsigned>(status));
    if (known != boost::beast::http::status::unknown) {
        const auto reason = boost::beast::http::obsolete_reason(known);
        out.append(reason.data(), reason.size());
    }
}

void append_framing(std::string& out, const Framing& framing) {
    if (framing.end == Framing::End::length) {
        out += "content-length: ";
        append_number(out, framing.size_bytes);
        out += "\r\n";
    } else if (framing.end == Framing::End::chunked) {
        out += "transfer-encoding: chunked\r\n";
    }
}

}  // namespace

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

void write_head(std::string& out, const protocol::Response& response, const Framing& framing, bool keep_alive) {
    out = "HTTP/1.1 ";
    append_number(out, static_cast<std::uint64_t>(response.status));
    out += ' ';
    append_reason(out, response.status);
    out += "\r\n";
    for (const auto& [name, value] : response.headers) {
        append_header(out, name, value.view());
    }
    if (may_have_body(response.status)) {
        append_framing(out, framing);
    }
    out += keep_alive ? "connection: keep-alive\r\n\r\n" : "connection: close\r\n\r\n";
}

void write_head(std::string& out, const protocol::Response& response, bool keep_alive) {
    write_head(out, response, {.end = Framing::End::length, .size_bytes = response.body.size()}, keep_alive);
}

protocol::Response refusal(int status, std::string_view text) {
    return {.status = status, .headers = {{"content-type", "text/plain"}}, .body = std::string(text) + '\n'};
}

protocol::Response malformed(std::string_view what) {
    return refusal(400, "The request is malformed: " + std::string(what) + '.');
}

protocol::Response too_slow(std::string_view what, std::chrono::milliseconds limit) {
    const std::string limit_ms = std::to_string(limit.count());
    return refusal(408, std::string(what) + " was not complete within " + limit_ms + " ms of its first byte.");
}

protocol::Response too_large(int status, std::string_view what, std::uint64_t limit_bytes) {
    return refusal(status, std::string(what) + " exceeds the limit of " + std::to_string(limit_bytes) + " bytes.");
}

}  // namespace plocal::http
