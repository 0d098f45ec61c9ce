// AWS JSON 1.1, the protocol of the control plane: a header names the operation, and every response is JSON. Pure.
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html; the order of checks was seen at sibling services.
#pragma once

#include "server/wire/protocol/wire_protocol.h"

namespace plocal::protocol::aws_json {

/// `read` ignores the operation and finds it in the X-Amz-Target header. It checks in the order of the service: method,
/// content type, JSON, target. The service refuses a wrong method or content type in other forms than its errors, most
/// of them XML; `error` writes those too.
extern const WireProtocol protocol;

}  // namespace plocal::protocol::aws_json
