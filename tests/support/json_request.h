// The text of a request whose body is JSON.
#pragma once

#include <string>

#include "server/base/json.h"

namespace plocal::test {

/// Without a body if it is null.
inline std::string json_request(const std::string& method, const std::string& target,
                                const base::Json& body = nullptr) {
    const std::string text = body.is_null() ? "" : body.dump();
    return method + " " + target + " HTTP/1.1\r\ncontent-length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

}  // namespace plocal::test
