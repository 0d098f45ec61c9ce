// Bodies that are read or produced piece by piece, so that memory does not grow with their size. The functions of one
// body are called one at a time, on the executor of the connection that sends or receives it.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "server/wire/protocol/message.h"

namespace plocal::http {

/// Produces a body. A piece is asked for once the one before has been sent: that is the back pressure.
class BodySource {
public:
    virtual ~BodySource() = default;

    /// Returns the next bytes, or an empty view at the end of the body. The view is valid until the next call. Throws
    /// if the rest of the body is not available; the connection is then cut in the middle of the body.
    virtual boost::asio::awaitable<std::string_view> next() = 0;

    /// The size of the whole body, if it is known before the end. A source must then produce exactly as many bytes.
    virtual std::optional<std::uint64_t> size_bytes() const { return std::nullopt; }
};

/// Why the rest of a request's body cannot be read: the peer has left or is too slow, the body is malformed or exceeds
/// its limit, or the server stops. A handler that does not catch it has the request refused.
class BodyError : public std::runtime_error {
public:
    BodyError(const std::string& what, std::optional<protocol::Response> refusal)
        : std::runtime_error(what), refusal_(std::move(refusal)) {}

    /// The response that says so to the peer; nothing if the connection cannot be used any more.
    const std::optional<protocol::Response>& refusal() const { return refusal_; }

private:
    std::optional<protocol::Response> refusal_;
};

}  // namespace plocal::http
