// What the HTTP client is asked for and what comes back: a request, the limits, where the response goes, and why there
// is none.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "server/wire/http/body.h"
#include "server/wire/http/client_tls.h"
#include "server/wire/http/response_reader.h"
#include "server/wire/http/url.h"

namespace plocal::http {

/// Resolving a name has no limit here: it ends when the system's resolver gives up.
struct ClientLimits {
    /// For the TCP connection to each address of the host, and for the TLS handshake.
    std::chrono::milliseconds connect{10'000};

    /// Between two reads or writes that the server sends or accepts bytes in.
    std::chrono::milliseconds silence{30'000};

    /// For everything from the name to the last byte; nothing for any time.
    std::optional<std::chrono::milliseconds> whole;

    /// For the status line and headers together.
    std::size_t header_bytes = 64 * 1024;
};

struct ClientRequest {
    std::string method = "GET";
    Url url;

    /// Without `content-length`, `transfer-encoding` and `connection`, which the client adds. It adds `host` too if
    /// that is missing. Line breaks in values become spaces.
    std::vector<std::pair<std::string, std::string>> headers;

    /// Must outlive the request; null for a request without a body. A body of unknown size is sent in chunks.
    BodySource* body = nullptr;

    /// Needed for an https URL; must outlive the request.
    ClientTls* tls = nullptr;
};

/// Takes a response as it comes. An exception ends the request and reaches its caller.
class ResponseSink {
public:
    virtual ~ResponseSink() = default;

    /// Called once, before any piece.
    virtual void begin(const ClientResponse& response) { static_cast<void>(response); }

    /// Takes the next bytes of the body, which are valid until the returned coroutine ends. No more are read before.
    virtual boost::asio::awaitable<void> take(std::string_view piece) = 0;
};

/// Why there is no whole response. `text` is for people: it says which server, what happened, and how to mend it where
/// that is known.
struct ClientError {
    enum class Kind {
        unresolved,     // the host has no address
        not_connected,  // no address accepts connections
        untrusted,      // the server's certificate is not trusted, or is for another host
        no_tls,         // the TLS handshake failed in any other way
        timed_out,      // a limit of ClientLimits
        cut,            // the connection ended before the response did
        malformed       // the response is not HTTP
    };
    Kind kind;
    std::string text;
};

using ClientResult = std::variant<ClientResponse, ClientError>;

/// A body that is in memory. The text must outlive it.
class TextSource final : public BodySource {
public:
    explicit TextSource(std::string_view text) : text_(text), size_bytes_(text.size()) {}
    boost::asio::awaitable<std::string_view> next() override { co_return std::exchange(text_, {}); }
    std::optional<std::uint64_t> size_bytes() const override { return size_bytes_; }

private:
    std::string_view text_;
    std::uint64_t size_bytes_;
};

/// Keeps the beginning of a body in memory, and drops what is beyond the limit.
class TextSink final : public ResponseSink {
public:
    explicit TextSink(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}
    boost::asio::awaitable<void> take(std::string_view piece) override {
        text_.append(piece.substr(0, limit_bytes_ - text_.size()));
        co_return;
    }
    const std::string& text() const { return text_; }

private:
    std::size_t limit_bytes_;
    std::string text_;
};

}  // namespace plocal::http
