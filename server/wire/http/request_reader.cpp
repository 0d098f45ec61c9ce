#include "server/wire/http/request_reader.h"

#include <optional>
#include <utility>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "server/wire/http/request_parser.h"
#include "server/wire/http/response.h"

namespace plocal::http {

namespace {

using boost::beast::http::error;

// Holds most requests of an SDK, signed, with their bodies. Each idle connection holds so much.
constexpr std::size_t head_read_bytes = 2 * 1024;
constexpr std::size_t body_read_bytes = 16 * 1024;

// The size of "0\r\n\r\n", which ends a chunked body. Beast asserts that it is given a last chunk whole, so it is given
// no fewer bytes.
constexpr std::size_t last_chunk_bytes = 5;

constexpr char tls_handshake = 0x16;

char first_byte_of(const boost::beast::flat_buffer& buffer) {
    return *static_cast<const char*>(buffer.data().data());
}

}  // namespace

struct RequestReader::Parts {
    explicit Parts(std::size_t limit_bytes) : header_limit_bytes(limit_bytes) {}

    const std::size_t header_limit_bytes;
    boost::beast::flat_buffer buffer;
    RequestText text;
    std::optional<RequestParser> parser;  // a parser reads one message
    std::size_t head_bytes = 0;           // counted here: Beast starts counting again after each header
    std::uint64_t body_limit_bytes = 0;
    protocol::Response refusal;
};

RequestReader::RequestReader(std::size_t header_limit_bytes) : parts_(std::make_unique<Parts>(header_limit_bytes)) {}

RequestReader::~RequestReader() = default;

boost::asio::mutable_buffer RequestReader::room() {
    const bool in_body = parts_->parser && parts_->parser->is_header_done();
    return parts_->buffer.prepare(in_body ? body_read_bytes : head_read_bytes);
}

void RequestReader::commit(std::size_t size_bytes) {
    parts_->buffer.commit(size_bytes);
}

bool RequestReader::has_begun() const {
    return parts_->head_bytes > 0 || has_unread();
}

bool RequestReader::has_unread() const {
    return parts_->buffer.size() > 0;
}

void RequestReader::begin() {
    parts_->text.clear();
    parts_->head_bytes = 0;
    parts_->parser.emplace(parts_->text, parts_->header_limit_bytes);
}

RequestReader::Progress RequestReader::refuse(protocol::Response response) {
    parts_->refusal = std::move(response);
    return Progress::refused;
}

// Some clients send an empty line after a body.
void RequestReader::skip_empty_lines() {
    while (has_unread()) {
        const char first = first_byte_of(parts_->buffer);
        if (first != '\r' && first != '\n') {
            return;
        }
        parts_->buffer.consume(1);
    }
}

RequestReader::Progress RequestReader::head() {
    Parts& parts = *parts_;
    if (parts.head_bytes == 0) {
        skip_empty_lines();
    }
    if (!has_begun()) {
        return Progress::wants_more;
    }
    if (speaks_tls()) {
        return refuse(refusal(400, "This port speaks HTTP, not HTTPS: use http://, or the port of --tls-port."));
    }
    boost::beast::error_code code;
    const std::size_t used = parts.parser->put(parts.buffer.data(), code);
    parts.buffer.consume(used);
    parts.head_bytes += used;
    const bool is_unfinished = code == error::need_more;
    const std::size_t seen_bytes = parts.head_bytes + (is_unfinished ? parts.buffer.size() : 0);
    if (seen_bytes > parts.header_limit_bytes && (is_unfinished || !code)) {
        code = error::header_limit;
    }
    if (code == error::need_more) {
        return Progress::wants_more;
    }
    const bool is_refused = code || parts.parser->has_unknown_coding();
    return is_refused ? refuse_head(code) : Progress::complete;
}

RequestReader::Progress RequestReader::refuse_head(const boost::system::error_code& code) {
    if (code == error::header_limit) {
        return refuse(too_large(431, "The request line with its headers", parts_->header_limit_bytes));
    }
    if (code == error::bad_version) {
        return refuse(refusal(505, "The versions spoken here are HTTP/1.0 and HTTP/1.1."));
    }
    if (code) {
        return refuse(malformed(code.message()));
    }
    return refuse(refusal(501, "The one transfer coding understood here is chunked."));
}

RequestReader::Progress RequestReader::allow_body(std::uint64_t limit_bytes) {
    parts_->body_limit_bytes = limit_bytes;
    if (parts_->parser->content_length().value_or(0) > limit_bytes) {
        return refuse(too_large(413, "The request's body", limit_bytes));
    }
    parts_->parser->limit_body(limit_bytes);
    parts_->parser->eager(true);
    return Progress::complete;
}

RequestReader::Progress RequestReader::parse_body() {
    Parts& parts = *parts_;
    while (!parts.parser->is_done()) {
        if (parts.buffer.size() < (parts.parser->chunked() ? last_chunk_bytes : 1)) {
            return Progress::wants_more;
        }
        boost::beast::error_code code;
        parts.buffer.consume(parts.parser->put(parts.buffer.data(), code));
        if (code == error::need_more) {
            if (parts.buffer.size() > parts.header_limit_bytes) {
                return refuse(malformed("a chunk's header or the trailer is too long"));
            }
            return Progress::wants_more;
        }
        if (code == error::body_limit) {
            return refuse(too_large(413, "The request's body", parts.body_limit_bytes));
        }
        if (code) {
            return refuse(malformed(code.message()));
        }
    }
    return Progress::complete;
}

RequestReader::Progress RequestReader::body() {
    const Progress progress = parse_body();
    if (progress == Progress::complete) {
        parts_->text.show_body();
    }
    return progress;
}

RequestReader::Progress RequestReader::next_piece() {
    parts_->text.forget_piece();
    return parse_body();
}

std::string_view RequestReader::piece() const {
    return parts_->text.piece();
}

const protocol::Request& RequestReader::request() const {
    return parts_->text.request;
}

bool RequestReader::awaits_body() const {
    return !parts_->parser->is_done();
}

std::optional<std::uint64_t> RequestReader::content_length() const {
    const auto length = parts_->parser->content_length();
    return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

RequestReader::Expectation RequestReader::expectation() const {
    if (parts_->parser->expects_unknown()) {
        return Expectation::unknown;
    }
    // HTTP/1.0 has no interim responses, and a request without a body does not wait for one.
    const bool asks = parts_->parser->expects_continue() && !is_http_1_0() && awaits_body();
    return asks ? Expectation::go_ahead : Expectation::none;
}

bool RequestReader::keep_alive() const {
    return parts_->parser->keep_alive();
}

bool RequestReader::is_http_1_0() const {
    return parts_->parser->is_http_1_0();
}

bool RequestReader::speaks_tls() const {
    return parts_->head_bytes == 0 && has_unread() && first_byte_of(parts_->buffer) == tls_handshake;
}

const protocol::Response& RequestReader::refused() const {
    return parts_->refusal;
}

}  // namespace plocal::http
