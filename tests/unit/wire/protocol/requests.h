// Short forms for requests and responses in tests.
#pragma once

#include <initializer_list>
#include <string_view>

#include "server/wire/protocol/message.h"

namespace plocal::protocol {

inline Request request_of(std::string_view method, std::string_view target,
                          std::initializer_list<RequestHeader> headers = {}, std::string_view body = {}) {
    return {.method = method, .target = target, .headers = headers, .body = body};
}

/// The value of a response's header of exactly this name; "(none)" where there is none.
inline std::string_view header_of(const Response& response, std::string_view name) {
    for (const ResponseHeader& each : response.headers) {
        if (each.name == name) return each.value.view();
    }
    return "(none)";
}

}  // namespace plocal::protocol
