// Which service a request is for, and which protocol it speaks. Pure.
#pragma once

#include "server/model/service.h"
#include "server/wire/protocol/message.h"
#include "server/wire/protocol/wire_protocol.h"

namespace plocal::protocol {

/// All pointers are to constants of the program.
struct Recognised {
    const model::Service* service = nullptr;           // never null
    const WireProtocol* protocol = nullptr;            // never null
    const model::Operation* rest_operation = nullptr;  // the one that the path names; null under AWS JSON

    /// As WireProtocol::read.
    Call read(const Request& request) const { return protocol->read(*service, rest_operation, request); }
};

/// A POST to a path of the runtime or the events service is for that service and speaks REST-JSON, unless it has an
/// X-Amz-Target header. Every other request is for the control plane and speaks AWS JSON, which ignores the path (seen
/// at sibling services).
Recognised recognise(const Request& request);

}  // namespace plocal::protocol
