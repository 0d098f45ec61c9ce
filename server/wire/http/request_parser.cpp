#include "server/wire/http/request_parser.h"

#include <algorithm>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

namespace plocal::http {

namespace beast = boost::beast;

namespace {

// The body buffer that a connection keeps for its next request. An announced length reserves no more than this: the
// bytes may never come.
constexpr std::size_t kept_body_bytes = 16 * 1024;

std::string_view plain(beast::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

void RequestText::clear() {
    head_.clear();
    headers_.clear();
    request.headers.clear();
    request.method = request.target = request.body = {};
    body_.clear();
    if (body_.capacity() > kept_body_bytes) {
        body_.shrink_to_fit();
    }
}

RequestText::Position RequestText::append(std::string_view piece) {
    const Position position{head_.size(), piece.size()};
    head_.append(piece);
    return position;
}

void RequestText::set_line(std::string_view method, std::string_view target) {
    method_ = append(method);
    target_ = append(target);
}

void RequestText::add_header(std::string_view name, std::string_view value) {
    const Position position = append(name);
    headers_.emplace_back(position, append(value));
}

void RequestText::show_head() {
    request.method = at(method_);
    request.target = at(target_);
    for (const auto& [name, value] : headers_) {
        request.headers.push_back({at(name), at(value)});
    }
}

// Beast's own body limit is switched off: it applies before the limit of the target is known, and it counts a chunk
// again each time that it parses the chunk's header.
RequestParser::RequestParser(RequestText& text, std::size_t header_limit_bytes) : text_(text) {
    header_limit(static_cast<std::uint32_t>(header_limit_bytes));
    body_limit(boost::none);
}

void RequestParser::on_request_impl(beast::http::verb, string_view method, string_view target, int version,
                                    error_code&) {
    version_ = version;
    text_.set_line(plain(method), plain(target));
}

void RequestParser::on_field_impl(field known, string_view name, string_view value, error_code& code) {
    if (is_head_over_) {
        return;  // A trailer is dropped: it must not be taken for a header.
    }
    if (known == field::content_length) {
        // Beast accepts equal lengths, but a proxy in front of us may use another one.
        if (has_length_ || value.find(',') != string_view::npos) {
            code = beast::http::error::multiple_content_length;
        }
        has_length_ = true;
    } else if (known == field::transfer_encoding) {
        // HTTP/1.0 has none: a sender and a proxy may disagree on where the body ends.
        if (is_http_1_0()) {
            code = beast::http::error::bad_transfer_encoding;
        }
        has_unknown_coding_ = has_unknown_coding_ || !beast::iequals(value, "chunked");
    } else if (known == field::expect) {
        (beast::iequals(value, "100-continue") ? expects_continue_ : expects_unknown_) = true;
    }
    text_.add_header(plain(name), plain(value));
}

void RequestParser::on_header_impl(error_code&) {
    is_head_over_ = true;
    text_.show_head();
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) {
    text_.reserve_body(static_cast<std::size_t>(std::min<std::uint64_t>(length.value_or(0), kept_body_bytes)));
}

std::size_t RequestParser::on_body_impl(string_view piece, error_code&) {
    text_.add_body(plain(piece));
    return piece.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, string_view, error_code& code) {
    if (size > body_limit_bytes_ - chunked_bytes_) {
        code = beast::http::error::body_limit;
    }
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, string_view piece, error_code&) {
    chunked_bytes_ += piece.size();
    text_.add_body(plain(piece));
    return piece.size();
}

}  // namespace plocal::http
