#include "server/wire/http/response_reader.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "server/base/text.h"

namespace plocal::http {

namespace {

namespace beast = boost::beast;
using beast::http::error;

constexpr std::size_t read_bytes = 64 * 1024;

// The size of "0\r\n\r\n", which ends a chunked body. Beast asserts that it is given a last chunk whole.
constexpr std::size_t end_of_chunks_bytes = 5;

std::string_view as_std(beast::string_view text) {
    return {text.data(), text.size()};
}

/// The beginning of what a server sends instead of HTTP, for messages.
std::string first_line(const beast::flat_buffer& buffer) {
    constexpr std::size_t shown_bytes = 80;
    std::string line(static_cast<const char*>(buffer.data().data()), std::min(buffer.size(), shown_bytes));
    line.resize(std::min(line.find_first_of("\r\n"), line.size()));
    std::ranges::replace_if(
        line, [](char c) { return c < ' ' || c > '~'; }, '?');
    return '"' + line + '"';
}

bool may_be_http(const beast::flat_buffer& buffer) {
    constexpr std::string_view start = "HTTP/";
    const std::string_view text(static_cast<const char*>(buffer.data().data()), buffer.size());
    return text.substr(0, start.size()) == start.substr(0, text.size());
}

class ResponseParser final : public beast::http::basic_parser<false> {
public:
    ResponseParser(std::size_t header_limit_bytes, bool is_bodiless, std::string& body) : body_(body) {
        header_limit(static_cast<std::uint32_t>(header_limit_bytes));
        body_limit(boost::none);
        skip(is_bodiless);
    }

    ClientResponse response;

private:
    using string_view = beast::string_view;
    using error_code = beast::error_code;

    void on_response_impl(int status, string_view, int, error_code&) override { response.status = status; }
    void on_field_impl(beast::http::field, string_view name, string_view value, error_code&) override {
        if (!is_head_over_) response.headers.emplace_back(as_std(name), as_std(value));
    }
    void on_header_impl(error_code&) override { is_head_over_ = true; }
    std::size_t on_body_impl(string_view piece, error_code&) override { return add(piece); }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view piece, error_code&) override { return add(piece); }
    void on_request_impl(beast::http::verb, string_view, string_view, int, error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    std::size_t add(string_view piece) {
        body_.append(piece.data(), piece.size());
        return piece.size();
    }

    std::string& body_;
    bool is_head_over_ = false;
};

}  // namespace

std::string_view ClientResponse::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [name](const auto& header) { return base::is_same_in_any_case(header.first, name); });
    return found == headers.end() ? std::string_view() : found->second;
}

struct ResponseReader::Parts {
    Parts(std::size_t limit_bytes, bool has_no_body) : header_limit_bytes(limit_bytes), is_bodiless(has_no_body) {
        begin();
    }

    void begin() { parser.emplace(header_limit_bytes, is_bodiless, body); }

    const std::size_t header_limit_bytes;
    const bool is_bodiless;
    beast::flat_buffer buffer;
    std::string body;
    std::optional<ResponseParser> parser;
    std::size_t head_bytes = 0;  // counted here: Beast starts counting again after each header
    bool has_begun = false;
    std::string fault;
};

ResponseReader::ResponseReader(std::size_t header_limit_bytes, bool is_bodiless)
    : parts_(std::make_unique<Parts>(header_limit_bytes, is_bodiless)) {}

ResponseReader::~ResponseReader() = default;

boost::asio::mutable_buffer ResponseReader::room() {
    return parts_->buffer.prepare(read_bytes);
}

void ResponseReader::commit(std::size_t size_bytes) {
    parts_->buffer.commit(size_bytes);
    parts_->has_begun = parts_->has_begun || size_bytes > 0;
}

ResponseReader::Progress ResponseReader::fail(const std::string& what) {
    parts_->fault = what;
    return Progress::malformed;
}

ResponseReader::Progress ResponseReader::head() {
    Parts& parts = *parts_;
    for (;;) {
        if (parts.buffer.size() == 0) return Progress::wants_more;
        // Beast waits for a whole line before it sees that it is none of HTTP.
        if (!parts.parser->got_some() && !may_be_http(parts.buffer)) return fail(first_line(parts.buffer));
        beast::error_code code;
        const std::size_t used = parts.parser->put(parts.buffer.data(), code);
        const bool is_unfinished = code == error::need_more;
        if (code && !is_unfinished && code != error::header_limit) {
            return fail(code.message() + ": " + first_line(parts.buffer));
        }
        parts.buffer.consume(used);
        parts.head_bytes += used;
        const std::size_t seen_bytes = parts.head_bytes + (is_unfinished ? parts.buffer.size() : 0);
        if (seen_bytes > parts.header_limit_bytes || code == error::header_limit) return fail("its head is too long");
        if (is_unfinished) return Progress::wants_more;
        const int status = parts.parser->response.status;
        if (status >= 200 || status == 101) break;
        parts.begin();
    }
    parts.parser->eager(true);
    return Progress::complete;
}

ResponseReader::Progress ResponseReader::next_piece() {
    Parts& parts = *parts_;
    parts.body.clear();
    while (!parts.parser->is_done()) {
        if (parts.buffer.size() < (parts.parser->chunked() ? end_of_chunks_bytes : 1)) return Progress::wants_more;
        beast::error_code code;
        parts.buffer.consume(parts.parser->put(parts.buffer.data(), code));
        if (code == error::need_more) {
            if (parts.buffer.size() > parts.header_limit_bytes)
                return fail("a chunk's header or the trailer is too long");
            return Progress::wants_more;
        }
        if (code) return fail(code.message());
    }
    return Progress::complete;
}

std::string_view ResponseReader::piece() const {
    return parts_->body;
}

ResponseReader::Progress ResponseReader::end_of_connection() {
    ResponseParser& parser = *parts_->parser;
    parts_->body.clear();
    beast::error_code code;
    if (parser.is_header_done() && parser.need_eof()) parser.put_eof(code);
    return parser.is_done() && !code ? Progress::complete : fail("the connection has ended early");
}

const ClientResponse& ResponseReader::response() const {
    return parts_->parser->response;
}

bool ResponseReader::has_begun() const {
    return parts_->has_begun;
}

const std::string& ResponseReader::fault() const {
    return parts_->fault;
}

}  // namespace plocal::http
