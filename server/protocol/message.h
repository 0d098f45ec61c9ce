// HTTP requests and responses as plain values: the one language that the network and the rest share.
#pragma once

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
    std::string name;
    std::string value;
};

/// `content-length`, `connection` and `date`-less framing are the network's to add; everything else is here.
struct Response {
    int status = 200;
    std::vector<ResponseHeader> headers;
    std::string body;
};

}  // namespace plocal::protocol
