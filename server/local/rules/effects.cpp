#include "server/local/rules/effects.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plocal::rules {
namespace {

/// The statuses that AWS documents for the errors of all services, unless they are 400.
// https://docs.aws.amazon.com/personalize/latest/dg/CommonErrors.html
std::optional<int> common_status(std::string_view type) {
    static constexpr std::array<std::pair<std::string_view, int>, 5> statuses = {{
        {"InternalFailure", 500},
        {"ServiceUnavailable", 503},
        {"InvalidClientTokenId", 403},
        {"MissingAuthenticationToken", 403},
        {"OptInRequired", 403},
    }};
    const auto* const at = std::ranges::find(statuses, type, &std::pair<std::string_view, int>::first);
    return at != statuses.end() ? std::optional(at->second) : std::nullopt;
}

}  // namespace

int ErrorEffect::status_in(const model::Service& service) const {
    if (status) return *status;
    return common_status(type).value_or(service.status_of(type));
}

std::string_view text_of(ConnectionFault fault) {
    switch (fault) {
        case ConnectionFault::reset:
            return "reset";
        case ConnectionFault::close:
            return "close";
        case ConnectionFault::truncate:
            return "truncate";
    }
    return {};
}

}  // namespace plocal::rules
