// Splits the bytes of one connection into requests. Reads no socket: the caller passes bytes in, and learns whether
// more are needed. Refuses requests that two readers might split differently. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>

#include "server/wire/protocol/message.h"

namespace plocal::http {

class RequestReader {
public:
    enum class Progress { wants_more, complete, refused };
    enum class Expectation { none, go_ahead, unknown };

    explicit RequestReader(std::size_t header_limit_bytes);
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;
    ~RequestReader();

    /// The buffer for the next bytes, to be asked for after `wants_more`. commit() says how many were written there.
    boost::asio::mutable_buffer room();
    void commit(std::size_t size_bytes);

    /// Whether a byte has come since begin(), parsed or not.
    bool has_begun() const;

    /// Whether there are bytes that are not parsed yet.
    bool has_unread() const;

    /// Starts on the next request. The views of the previous one become invalid.
    void begin();

    /// Parses the request line and the headers. After `complete`, request() has all but the body.
    Progress head();

    /// Sets the largest size of the body. Returns `refused` if the request announces more, else `complete`. To be
    /// called once, between head() and the body.
    Progress allow_body(std::uint64_t limit_bytes);

    /// Parses the body; after `complete`, request() is whole. Returns `complete` at once if there is no body.
    Progress body();

    /// Parses the body piece by piece instead. Each call drops the piece before it, and piece() is what the bytes so
    /// far have added: it may be empty after `wants_more`, and not empty after `complete`. request().body stays empty.
    Progress next_piece();
    std::string_view piece() const;

    /// Valid from a complete head() until begin().
    const protocol::Request& request() const;

    /// After a complete head(): whether bytes of the body are still to be read, the length that the request announces,
    /// what `Expect` asks for, and whether the connection may be used again.
    bool awaits_body() const;
    std::optional<std::uint64_t> content_length() const;
    Expectation expectation() const;
    bool keep_alive() const;
    bool is_http_1_0() const;

    /// After `refused`: whether the first byte is that of a TLS handshake.
    bool speaks_tls() const;

    /// The response to send after `refused`.
    const protocol::Response& refused() const;

private:
    struct Parts;
    void skip_empty_lines();
    Progress parse_body();
    Progress refuse(protocol::Response response);
    Progress refuse_head(const boost::system::error_code& code);
    std::unique_ptr<Parts> parts_;
};

}  // namespace plocal::http
