// The bytes of one connection as its requests, one after another. Reads no socket: it is given bytes, and says whether
// it needs more. Strict where two readers might disagree on where a request ends. One thread at a time.
#pragma once

#include <cstddef>
#include <memory>

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

    /// Where the next bytes go; commit() says how many came. Only to be asked for after `wants_more`.
    boost::asio::mutable_buffer room();
    void commit(std::size_t size_bytes);

    /// Whether a byte has come since begin(), be it read by now or not.
    bool has_begun() const;

    /// Whether bytes have come that nothing has read so far.
    bool has_unread() const;

    /// Forgets the request before, whose views end here, and starts on the next.
    void begin();

    /// Reads on in the request line and the headers. Once `complete`, request() is whole but for its body.
    Progress head();

    /// To be called once, between head() and body(): the most that the body may have. `refused` if the
    /// request has announced more, else `complete`.
    Progress allow_body(std::size_t limit_bytes);

    /// Reads on in the body; `complete` at once where there is none.
    Progress body();

    /// Valid from a complete head() until begin().
    const protocol::Request& request() const;

    /// After a complete head(): whether bytes of the body are still to be read, what `Expect` asks where they are, and
    /// whether the connection may be used once more.
    bool awaits_body() const;
    Expectation expectation() const;
    bool keep_alive() const;

    /// After `refused`: whether it was for a client that speaks HTTPS here.
    bool speaks_tls() const;

    /// The answer to give, after `refused`.
    const protocol::Response& refused() const;

private:
    struct Parts;
    void skip_empty_lines();
    Progress refuse(protocol::Response response);
    Progress refuse_head(const boost::system::error_code& code);
    std::unique_ptr<Parts> parts_;
};

}  // namespace plocal::http
