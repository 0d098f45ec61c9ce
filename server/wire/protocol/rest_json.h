// REST-JSON, the protocol of the runtime and the events service: the path names the operation, and the body holds the
// whole input. Pure. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
#pragma once

#include "server/wire/protocol/wire_protocol.h"

namespace plocal::protocol::rest_json {

/// `read` needs the operation. It refuses a content type other than application/json with status 415.
extern const WireProtocol protocol;

}  // namespace plocal::protocol::rest_json
