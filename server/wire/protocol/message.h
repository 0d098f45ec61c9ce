// HTTP requests and responses as plain values. The network and the rooms above it share them; nothing here does I/O.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plocal::base {
class Spool;
}

namespace plocal::protocol {

struct RequestHeader {
    std::string_view name;  // as the client spells it
    std::string_view value;
};

/// All views stay valid until the request is answered.
struct Request {
    std::string_view method;
    std::string_view target;  // path and query, still percent-encoded
    std::vector<RequestHeader> headers;
    std::string_view body;
    std::shared_ptr<const base::Spool> spooled_body = {};  // instead of `body`, where it is too long for memory
    std::string body_error = {};                           // why the body could not be kept; both are empty then

    /// The target without its query; lives as long as the target.
    std::string_view path() const { return target.substr(0, target.find('?')); }

    /// The value of the first header with this name, in upper or lower case; empty if there is none.
    std::string_view header(std::string_view name) const;
};

/// The value of a response's header: a text of its own, or a literal, which is not copied.
class HeaderValue {
public:
    HeaderValue(std::string text) : text_(std::move(text)) {}
    HeaderValue(const char* text) : text_(text) {}

    /// A value that lives as long as the program.
    static HeaderValue literal(std::string_view text) { return HeaderValue(text); }

    std::string_view view() const { return literal_.empty() ? std::string_view(text_) : literal_; }

private:
    explicit HeaderValue(std::string_view literal) : literal_(literal) {}

    std::string text_;
    std::string_view literal_;
};

struct ResponseHeader {
    std::string_view name;  // a literal, or a text that outlives the response
    HeaderValue value;
};

/// How the network spoils a response on purpose. Each fault ends the connection.
enum class Fault {
    none,
    reset,     // RST instead of a response
    close,     // an orderly close without a response
    truncate,  // the whole head and half of the body, then an orderly close; without a body, half of the head
};

/// What the network does to a response before and while it sends it.
struct Disturbance {
    /// Real time before the first byte of the response, or before the fault; at most 100 years. A network that is
    /// stopping does not wait for it.
    std::chrono::milliseconds delay{};
    Fault fault = Fault::none;
};

/// A response without its framing: the network adds `content-length` and `connection`.
struct Response {
    int status = 200;
    std::vector<ResponseHeader> headers;
    std::string body;
    Disturbance disturbance;
    std::shared_ptr<const base::Spool> spooled_body = {};  // instead of `body`, where it is too long for memory

    /// The value of the first header with exactly this name; empty if there is none. Lives as long as the header.
    std::string_view header(std::string_view name) const;
};

}  // namespace plocal::protocol
