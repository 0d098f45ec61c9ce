// Which service and which protocol a request is meant for. Pure.
#pragma once

#include <string_view>

#include "server/model/service.h"
#include "server/wire/protocol/message.h"

namespace plocal::protocol {

struct Recognised {
    const model::Service* service = nullptr;           // never null: what is nothing else is the control plane's
    const model::Operation* rest_operation = nullptr;  // of a REST service; null under AWS JSON
};

/// A POST to a path of the runtime or the events service is theirs, unless a target header says otherwise; everything
/// else is read as AWS JSON, which does not look at the path (seen at siblings).
Recognised recognise(const Request& request);

/// A target without its query.
std::string_view path_of(std::string_view target);

}  // namespace plocal::protocol
