#include "server/wire/protocol/message.h"

#include <algorithm>

#include "server/base/text.h"

namespace plocal::protocol {

std::string_view Request::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [name](const RequestHeader& header) { return base::is_same_in_any_case(header.name, name); });
    return found == headers.end() ? std::string_view() : found->value;
}

std::string_view Response::header(std::string_view name) const {
    for (const ResponseHeader& each : headers) {
        if (each.name == name) return each.value.view();
    }
    return {};
}

}  // namespace plocal::protocol
