#include "server/protocol/message.h"

#include <algorithm>

namespace plocal::protocol {

namespace {

// Header names are ASCII; the machine's locale has no say in them.
char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_name(std::string_view one, std::string_view other) {
    return one.size() == other.size() &&
           std::equal(one.begin(), one.end(), other.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [name](const RequestHeader& header) { return same_name(header.name, name); });
    return found == headers.end() ? std::string_view() : found->value;
}

std::string Response::header(std::string_view name) const {
    for (const ResponseHeader& each : headers) {
        if (each.name == name) return each.value;
    }
    return {};
}

}  // namespace plocal::protocol
