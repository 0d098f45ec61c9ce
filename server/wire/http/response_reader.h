// Splits the bytes that a server sends for one request into the head of the response and pieces of its body. Reads no
// socket: the caller passes bytes in, and learns whether more are needed. One thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>

namespace plocal::http {

/// The head of a response.
struct ClientResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // in the order and spelling of the server

    /// The value of the first header of this name, in any case; empty if there is none.
    std::string_view header(std::string_view name) const;
};

class ResponseReader {
public:
    enum class Progress { wants_more, complete, malformed };

    /// `is_bodiless` for the response to HEAD.
    ResponseReader(std::size_t header_limit_bytes, bool is_bodiless);
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;
    ~ResponseReader();

    /// The buffer for the next bytes. commit() says how many were written there.
    boost::asio::mutable_buffer room();
    void commit(std::size_t size_bytes);

    /// Parses the head. Skips interim responses such as 100.
    Progress head();

    /// Parses the body after a complete head. Each call drops the piece before it; piece() is what has come since, and
    /// may be empty after `wants_more` and not empty after `complete`.
    Progress next_piece();
    std::string_view piece() const;

    /// To be called when the connection has ended after `wants_more`. Returns `complete` if that is how the body ends,
    /// else `malformed`.
    Progress end_of_connection();

    /// Valid after a complete head.
    const ClientResponse& response() const;

    /// Whether a byte has come.
    bool has_begun() const;

    /// After `malformed`: what is wrong, with the beginning of what came instead of a head.
    const std::string& fault() const;

private:
    struct Parts;
    Progress fail(const std::string& what);
    std::unique_ptr<Parts> parts_;
};

}  // namespace plocal::http
