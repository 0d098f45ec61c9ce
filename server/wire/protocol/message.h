// HTTP requests and responses as plain values: the one language that the network and the rest share.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::protocol {

/// A request's views live until its answer has been given.
struct RequestHeader {
    std::string_view name;  // in the sender's spelling
    std::string_view value;
};

struct Request {
    std::string_view method;
    std::string_view target;  // path and query, still percent-encoded
    std::vector<RequestHeader> headers;
    std::string_view body;

    /// The first header of this name, in any case; empty where there is none.
    std::string_view header(std::string_view name) const;
};

struct ResponseHeader {
    std::string_view name;  // a literal's, or of something else that lives on
    std::string value;
};

/// How the network spoils an answer on purpose. Each fault ends its connection.
enum class Fault {
    none,
    reset,     // RST instead of an answer
    close,     // closed in good order, without an answer
    truncate,  // the whole head and half the body, then closed in good order; without a body, half the head
};

/// What the network does to an answer before and while it sends it.
struct Disturbance {
    /// Real time before the answer's first byte, or the fault in its place; 100 years at most. A network that is about
    /// to stop waits no longer.
    std::chrono::milliseconds delay{};
    Fault fault = Fault::none;
};

/// `content-length`, `connection` and `date`-less framing are the network's to add; everything else is here.
struct Response {
    int status = 200;
    std::vector<ResponseHeader> headers;
    std::string body;
    Disturbance disturbance;

    /// The value of the first header of this very name; empty where there is none.
    std::string header(std::string_view name) const;
};

}  // namespace plocal::protocol
