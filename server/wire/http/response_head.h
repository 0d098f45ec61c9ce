// A response's status line and headers as they go over the wire.
#pragma once

#include <string>

#include "server/wire/protocol/message.h"

namespace plocal::http {

/// Replaces `out`. Adds `connection` and, but for 204 and 304 which have no body, `content-length`: the size of the
/// response's body, whether or not it is sent. Line breaks within a header become spaces.
void write_head(std::string& out, const protocol::Response& response, bool keep_alive);

/// Whether a response of this status may have a body.
bool may_have_body(int status);

}  // namespace plocal::http
