// Beast's parser for one request, and the buffers that it writes to. The buffers are reused for each request of a
// connection. One thread at a time; reads no socket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/beast/http/basic_parser.hpp>

#include "server/wire/protocol/message.h"

namespace plocal::http {

/// The text of one request. Keeps positions instead of views until all headers are read, because the string may move.
class RequestText {
public:
    void clear();
    void set_line(std::string_view method, std::string_view target);
    void add_header(std::string_view name, std::string_view value);
    void add_body(std::string_view piece) { body_.append(piece); }
    void reserve_body(std::size_t size_bytes) { body_.reserve(size_bytes); }

    /// Sets the views of `request`. They are valid until clear().
    void show_head();
    void show_body() { request.body = body_; }

    /// The bytes of the body since the last forget_piece(). The view is valid until the next change.
    std::string_view piece() const { return body_; }
    void forget_piece() { body_.clear(); }

    protocol::Request request;

private:
    struct Position {
        std::size_t start;
        std::size_t size;
    };

    Position append(std::string_view piece);
    std::string_view at(Position position) const {
        return std::string_view(head_).substr(position.start, position.size);
    }

    std::string head_;
    std::string body_;
    Position method_{};
    Position target_{};
    std::vector<std::pair<Position, Position>> headers_;
};

class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    using error_code = boost::beast::error_code;

    /// Fails with error::header_limit for a longer head.
    RequestParser(RequestText& text, std::size_t header_limit_bytes);

    /// Fails with error::body_limit for a longer chunked body. The caller checks a body of known length.
    void limit_body(std::uint64_t limit_bytes) { body_limit_bytes_ = limit_bytes; }

    bool is_http_1_0() const { return version_ == 10; }

    /// Whether `Expect` asks for 100-continue, and whether it asks for anything else.
    bool expects_continue() const { return expects_continue_; }
    bool expects_unknown() const { return expects_unknown_; }

    /// Whether there is a transfer coding other than chunked.
    bool has_unknown_coding() const { return has_unknown_coding_; }

private:
    using string_view = boost::beast::string_view;
    using field = boost::beast::http::field;

    void on_request_impl(boost::beast::http::verb verb, string_view method, string_view target, int version,
                         error_code& code) override;
    void on_field_impl(field known, string_view name, string_view value, error_code& code) override;
    void on_header_impl(error_code& code) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& code) override;
    std::size_t on_body_impl(string_view piece, error_code& code) override;
    void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& code) override;
    std::size_t on_chunk_body_impl(std::uint64_t remaining, string_view piece, error_code& code) override;
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    RequestText& text_;
    std::uint64_t body_limit_bytes_ = 0;
    std::uint64_t chunked_bytes_ = 0;
    int version_ = 11;
    bool has_length_ = false;
    bool is_head_over_ = false;
    bool expects_continue_ = false;
    bool expects_unknown_ = false;
    bool has_unknown_coding_ = false;
};

}  // namespace plocal::http
