// What both wire protocols put around an answer.
#pragma once

#include <string>
#include <string_view>

#include "server/model/api_error.h"
#include "server/wire/protocol/message.h"

namespace plocal::protocol {

/// The header that tells why: which check refused, and how sure we are that AWS does it so.
inline constexpr std::string_view why_header = "x-personalize-local-why";

/// What every answer carries of its request.
struct Stamp {
    std::string request_id;
    std::string date;  // as HTTP writes it, of the service's clock
};

/// One line for `why_header`: printable ASCII whatever the texts hold.
std::string why_line(std::string_view why, model::Evidence evidence);

}  // namespace plocal::protocol
