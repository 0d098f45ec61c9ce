// What a request asks for, once its protocol has been read.
#pragma once

#include <variant>

#include "server/base/json.h"
#include "server/model/service.h"
#include "server/wire/protocol/message.h"

namespace plocal::protocol {

struct Call {
    const model::Service* service = nullptr;      // never null
    const model::Operation* operation = nullptr;  // never null
    base::Json input;                             // an object; neither types nor constraints are checked yet
};

/// What is refused in other words than those of an error of the service.
struct Refusal {
    Response response;
    std::string error;  // its name
};

/// A request that names an operation, or the answer to one that never gets that far.
using Reading = std::variant<Call, Refusal>;

}  // namespace plocal::protocol
