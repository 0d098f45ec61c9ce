// Beast's parser, writing what it finds into buffers that are used again for each request of a connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/beast/http/basic_parser.hpp>

#include "server/wire/protocol/message.h"

namespace plocal::http {

/// One request's text in one string. Places, not views, until the last header is in: the string may move.
class RequestText {
public:
    void clear();
    void set_line(std::string_view method, std::string_view target);
    void add_header(std::string_view name, std::string_view value);
    void add_body(std::string_view piece) { body_.append(piece); }
    std::size_t body_size() const { return body_.size(); }
    void reserve_body(std::size_t size_bytes) { body_.reserve(size_bytes); }

    /// The views of `request` are these from now on until clear().
    void show_head();
    void show_body() { request.body = body_; }

    protocol::Request request;

private:
    struct Place {
        std::size_t at;
        std::size_t size;
    };

    Place keep(std::string_view piece);
    std::string_view at(Place place) const { return std::string_view(head_).substr(place.at, place.size); }

    std::string head_;
    std::string body_;
    Place method_{};
    Place target_{};
    std::vector<std::pair<Place, Place>> headers_;
};

class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    using error_code = boost::beast::error_code;

    /// Fails with error::header_limit or error::body_limit beyond these; the latter only for chunked bodies, of which
    /// the size is not known before.
    RequestParser(RequestText& text, std::size_t header_limit_bytes);
    void limit_body(std::size_t limit_bytes) { body_limit_bytes_ = limit_bytes; }

    bool is_http_1_0() const { return version_ == 10; }
    bool expects_go_ahead() const { return expects_go_ahead_; }
    bool expects_unknown() const { return expects_unknown_; }
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
    std::size_t body_limit_bytes_ = 0;
    int version_ = 11;
    bool has_length_ = false;
    bool is_head_over_ = false;
    bool expects_go_ahead_ = false;
    bool expects_unknown_ = false;
    bool has_unknown_coding_ = false;
};

}  // namespace plocal::http
