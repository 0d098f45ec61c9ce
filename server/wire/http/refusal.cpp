#include "server/wire/http/refusal.h"

#include <string>

namespace plocal::http {

protocol::Response refusal(int status, std::string_view text) {
    return {.status = status, .headers = {{"content-type", "text/plain"}}, .body = std::string(text) + '\n'};
}

protocol::Response malformed(std::string_view what) {
    return refusal(400, "The request is malformed: " + std::string(what) + '.');
}

protocol::Response too_slow(std::string_view what, std::chrono::milliseconds limit) {
    const std::string limit_ms = std::to_string(limit.count());
    return refusal(408, std::string(what) + " was not complete within " + limit_ms + " ms of its first byte.");
}

protocol::Response too_large(int status, std::string_view what, std::size_t limit_bytes) {
    return refusal(status, std::string(what) + " exceeds the limit of " + std::to_string(limit_bytes) + " bytes.");
}

}  // namespace plocal::http
