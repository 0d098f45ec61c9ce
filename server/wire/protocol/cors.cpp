#include "server/wire/protocol/cors.h"

#include <algorithm>
#include <string>

namespace plocal::protocol {

bool is_local_origin(std::string_view origin) {
    const std::size_t scheme = origin.find("://");
    if (scheme == std::string_view::npos) return false;
    std::string_view host = origin.substr(scheme + 3);
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1) == "[::1]";
    host = host.substr(0, host.find(':'));
    return host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1";
}

bool Origins::admit(std::string_view origin) const {
    if (origin.empty()) return false;
    return is_local_origin(origin) ||
           std::ranges::any_of(others, [origin](const std::string& other) { return other == "*" || other == origin; });
}

Response options_answer(const Request& request, const Origins& origins) {
    Response response{200, {{"allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS"}}, ""};
    allow_origin(request, origins, response);
    if (origins.admit(request.header("origin"))) {
        std::string asked(request.header("access-control-request-headers"));
        response.headers.insert(response.headers.end(),
                                {{"access-control-allow-methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS"},
                                 {"access-control-allow-headers", asked.empty() ? "*" : std::move(asked)},
                                 {"access-control-max-age", "172800"}});
        // https://wicg.github.io/private-network-access: a page of a public network asks to reach this machine.
        if (request.header("access-control-request-private-network") == "true") {
            response.headers.push_back({"access-control-allow-private-network", "true"});
        }
    }
    return response;
}

void allow_origin(const Request& request, const Origins& origins, Response& response) {
    const std::string_view origin = request.header("origin");
    if (!origins.admit(origin)) return;
    response.headers.insert(response.headers.end(),
                            {{"access-control-allow-origin", std::string(origin)},
                             {"access-control-expose-headers",
                              "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date,"
                              "x-personalize-local-why,x-personalize-local-next"},
                             {"vary", "origin"}});
}

}  // namespace plocal::protocol
