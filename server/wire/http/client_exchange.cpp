#include "server/wire/http/client_exchange.h"

#include <algorithm>

#include "server/base/text.h"

namespace plocal::http {

std::string request_head(const ClientRequest& request) {
    std::string head = request.method + ' ' + request.url.target + " HTTP/1.1\r\n";
    const bool has_host = std::ranges::any_of(
        request.headers, [](const auto& header) { return base::is_same_in_any_case(header.first, "host"); });
    if (!has_host) append_header(head, "host", request.url.host_header());
    for (const auto& [name, value] : request.headers) append_header(head, name, value);
    if (request.body != nullptr) {
        const auto size_bytes = request.body->size_bytes();
        append_header(head, size_bytes ? "content-length" : "transfer-encoding",
                      size_bytes ? std::to_string(*size_bytes) : "chunked");
    }
    return head + "connection: close\r\n\r\n";
}

}  // namespace plocal::http
